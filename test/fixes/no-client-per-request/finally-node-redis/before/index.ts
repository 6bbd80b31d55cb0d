import { createClient } from "redis"

interface Request {
    id: string
}

export async function declaredBefore(req: Request, _res: unknown) {
    let client
    try {
        // Only now: the request may be refused before.
        client = createClient({ url: process.env.REDIS_URL })
        await client.connect()
        return await client.get(`name:${req.id}`)
    } catch (error) {
        return (error as Error).message
    } finally {
        if (client) {
            await client.close()
        }
    }
}

export async function outlivesTheTry(req: Request, _res: unknown) {
    let client = null
    let name: string | null = null
    try {
        client = await createClient({ url: process.env.REDIS_URL }).on("error", () => undefined).connect()
        name = await client.get(`name:${req.id}`)
    } finally {
        await client?.close()
    }
    return { name }
}

export async function moreInFinally(req: Request, _res: unknown) {
    const client = createClient({ url: process.env.REDIS_URL })
    const seen: string[] = []
    try {
        await client.connect() // first of all
        seen.push(String(await client.exists(`name:${req.id}`)))
    } finally {
        seen.push("done")
        client.destroy() // whatever happened
    }
    return seen
}

export async function carefully(req: Request, _res: unknown) {
    const client = createClient({ url: process.env.REDIS_URL })
    try {
        await client.connect()
        return await client.get(`name:${req.id}`)
    } catch (error) {
        return (error as Error).message
    } finally {
        try {
            await client.quit()
        } catch {
            // it is gone already
        }
    }
}

export async function two(req: Request, _res: unknown) {
    const one = createClient({ url: process.env.REDIS_URL })
    const other = createClient({ url: process.env.REDIS_URL })
    await one.connect()
    await other.connect()
    try {
        return [await one.get(`name:${req.id}`), await other.strLen(`name:${req.id}`)]
    } finally {
        await Promise.allSettled([one.close(), other.close()])
    }
}

export async function logged(req: Request, _res: unknown) {
    const client = createClient({ url: process.env.REDIS_URL })
    client.on("error", (error) => console.error(error))
    client.on("reconnecting", () => {
        console.warn("again")
    })
    if (!client.isOpen) await client.connect()
    const name = await client.get(`name:${req.id}`)
    void client.close().catch(() => undefined)
    return name
}

export async function several(req: Request, _res: unknown) {
    const key = `name:${req.id}`, client = await createClient({ url: process.env.REDIS_URL }).connect()
    const name = await client.getSet(key, "eve")
    await client.close()
    return name
}
