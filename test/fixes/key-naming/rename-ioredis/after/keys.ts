export const exportKey = (id: string) => `order:${id}`;
