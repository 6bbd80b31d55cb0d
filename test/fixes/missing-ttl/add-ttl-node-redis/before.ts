import { createClient } from "redis";

const client = createClient({ url: process.env.REDIS_URL })
await client.connect()

export async function sendOtp(phone: string, code: string) {
	await client.set(`otp:${phone}`, code)
}

export async function sendOnce(phone: string, code: string) {
	return client.set(`otp:once:${phone}`, code, { NX: true })
}

export async function queued(id: string) {
	return client.multi().set(`nonce:${id}`, id).get(`nonce:${id}`).exec()
}

export async function raw(id: string) {
	return client.sendCommand(["SET", `captcha:${id}`, id])
}
