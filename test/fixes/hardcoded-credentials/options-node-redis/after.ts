import "./environment";
import { createClient } from "redis";

const { hostname, port } = new URL(process.env.REDIS_URL ?? "");
const client = createClient({ socket: { host: hostname, port: Number(port) }, username: "app", password: process.env.REDIS_PASSWORD });
client.on("error", console.error);
const connected = client.connect();

export async function who() {
  await connected;
  return client.aclWhoAmI();
}
