import { randomUUID } from 'node:crypto';
import express from 'express';
import { Redis } from 'ioredis';
import { cartLines, cartSize, checkout, putInCart, removeFromCart } from './cart';
import { withCartLock } from './cart-lock';
import { bargains, countInCategory, getProduct, newArrivals, productsInCategory } from './catalogue';
import { Favourites } from './favourites';
import { forgetSizes, sizes } from './memory-cache';
import { clearFragments, clearPages, getPage } from './pages';
import { rateLimit } from './rate-limit';
import { recommendationsFor, rememberViewed, trending } from './recommendations';
import { redis, redisUrl } from './redis';
import { popularSearches, search } from './search';
import { countVisitor, createSession, endSession, loadSession, touchSession, visitorsOnline } from './sessions';
import { createSignInToken, currencyOf, rememberCurrency, useSignInToken } from './sign-in';
import { recentlyViewed } from './viewed';
import { claimGiftCard, givePoints, redeemVoucher } from './vouchers';

export const app = express();
const favourites = new Favourites(redis);

app.use(express.json());
app.use(rateLimit(600));

app.get('/products/:sku', async (req, res) => {
  const product = await getProduct(req.params.sku);
  if (!product) {
    res.status(404).json({ error: `no product ${req.params.sku}` });
    return;
  }
  res.json({ ...product, related: await recommendationsFor(product.sku) });
});

app.get('/categories/:category', async (req, res) => {
  const { category } = req.params;
  let size = await sizes.get(`category:${category}`);
  if (size === undefined) {
    size = await countInCategory(category);
    await sizes.set(`category:${category}`, size);
  }
  res.json({ category, size, products: await productsInCategory(category) });
});

app.get('/home', async (_req, res) => {
  res.json({ bargains: await bargains(10), arrivals: await newArrivals(), trending: await trending(), online: await visitorsOnline() });
});

app.get('/pages/:slug', async (req, res) => {
  res.type('html').send(await getPage(req.params.slug));
});

app.get('/sitemap.txt', async (_req, res) => {
  const lines: string[] = [];
  for (const key of await redis.keys('product:*')) {
    lines.push(`https://bramble.example/products/${key.slice('product:'.length)}`);
  }
  res.type('text').send(lines.sort().join('\n'));
});

app.post('/sessions', async (req, res) => {
  const session = await createSession(String(req.body.customer), String(req.body.locale ?? 'en'));
  await countVisitor(new Date().toISOString().slice(0, 10), session.id);
  res.status(201).json(session);
});

app.get('/sessions/:id', async (req, res) => {
  await touchSession(req.params.id);
  const session = await loadSession(req.params.id);
  res.status(session ? 200 : 404).json(session ?? { error: 'no such session' });
});

app.delete('/sessions/:id', async (req, res) => {
  await endSession(req.params.id);
  res.status(204).end();
});

app.get('/cart/:session', async (req, res) => {
  res.json({ size: await cartSize(req.params.session), lines: await cartLines(req.params.session) });
});

app.put('/cart/:session/:sku', async (req, res) => {
  await putInCart(req.params.session, req.params.sku, Number(req.body.quantity ?? 1));
  await rememberViewed(req.params.session, [req.params.sku]);
  res.status(204).end();
});

app.delete('/cart/:session', async (req, res) => {
  await removeFromCart(req.params.session, req.body.skus as string[]);
  res.status(204).end();
});

app.post('/cart/:session/checkout', async (req, res) => {
  const lines = await cartLines(req.params.session);
  if (lines.length === 0) {
    res.status(409).json({ error: 'the cart is empty' });
    return;
  }
  const order = randomUUID().slice(0, 8);
  const total = lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  const placed = await withCartLock(req.params.session, async () => {
    await checkout(req.params.session, order, total);
    return { order, total };
  });
  res.status(placed ? 201 : 409).json(placed ?? { error: 'the cart is being checked out' });
});

app.put('/customers/:id/favourites/:sku', async (req, res) => {
  await favourites.add(req.params.id, req.params.sku);
  res.json({ count: await favourites.count(req.params.id) });
});

app.post('/customers/:id/share', async (req, res) => {
  const link = randomUUID().slice(0, 8);
  res.status(201).json({ link, skus: await favourites.share(req.params.id, link) });
});

app.post('/newsletter', async (req, res) => {
  const client = new Redis(redisUrl);
  try {
    const added = await client.sadd('newsletter:subscribers', String(req.body.email));
    res.status(added === 1 ? 201 : 200).json({ subscribed: true });
  } finally {
    await client.quit();
  }
});

app.post('/admin/clear', async (req, res) => {
  const pages = await clearPages(String(req.body.prefix ?? ''));
  res.json({ pages, fragments: await clearFragments(), sizes: await forgetSizes() });
});

app.get('/cart/:session/viewed', async (req, res) => {
  res.json({ cards: await recentlyViewed(req.params.session) });
});

app.get('/search', async (req, res) => {
  res.json({ skus: await search(String(req.query.q)), popular: await popularSearches() });
});

app.post('/customers/:id/sign-in', async (req, res) => {
  res.status(202).json({ link: `https://bramble.example/sign-in/${await createSignInToken(req.params.id)}` });
});

app.get('/sign-in/:token', async (req, res) => {
  const customer = await useSignInToken(req.params.token);
  if (customer === null) {
    res.status(410).json({ error: 'the link has been used' });
    return;
  }
  res.json({ customer, currency: await currencyOf(customer) });
});

app.put('/customers/:id/currency', async (req, res) => {
  await rememberCurrency(req.params.id, String(req.body.currency));
  res.status(204).end();
});

app.post('/customers/:id/vouchers/:code', async (req, res) => {
  res.status((await redeemVoucher(req.params.code, req.params.id)) ? 201 : 409).end();
});

app.post('/customers/:id/gift-cards/:number', async (req, res) => {
  res.status((await claimGiftCard(req.params.number, req.params.id)) ? 201 : 409).end();
});

app.post('/customers/:id/points', async (req, res) => {
  await givePoints(req.params.id, String(req.body.to), Number(req.body.points));
  res.status(204).end();
});
