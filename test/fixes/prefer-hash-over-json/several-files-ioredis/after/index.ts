export { isOnline, plateOf } from './read';
export { saveDriver } from './write';
