export interface Lamp {
  room: string;
  on: boolean;
  brightness?: number;
}
