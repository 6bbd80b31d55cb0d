export const exportKey = (id: string) => `order_${id}`;
