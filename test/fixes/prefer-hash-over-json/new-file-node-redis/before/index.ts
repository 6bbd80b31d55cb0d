export { brightnessOf } from './read.js';
export { saveLamp, switchLamp } from './write.js';
