export const orderKey = (id: string): string => `order:${id}`;
export const thumbnailKey = (id: string): string => `thumb:${id}`;
