import { createClient } from "redis";

const client = createClient({url: process.env.REDIS_URL});
await client.connect();

export async function storeOtp(phone: string, code: string) {
	await client.set("otp:" + phone, code, {EX: 300});
}

export async function storeToken(id: string, token: string) {
	const key = `token:${id}`;
	await client.SET(key, token, {PX: 90000});
	return key;
}

export async function storeRaw(id: string) {
	await client.sendCommand(["SET", `raw:${id}`, id, "EX", "60"]);
}

export async function kept(id: string) {
	let reply;
	reply = await client.set(`kept:${id}`, JSON.stringify({id}), {EX: 120});
	return reply;
}
