/** The shop's wares and people, as lists to draw from. */
export const categories = ['roses', 'herbs', 'ferns', 'bulbs', 'shrubs', 'climbers', 'grasses', 'tools'];
export const adjectives = ['Climbing', 'Dwarf', 'Wild', 'Golden', 'Silver', 'Giant', 'Trailing', 'Scented', 'Winter', 'Evergreen'];
export const nouns = ['Rose', 'Thyme', 'Fern', 'Tulip', 'Hydrangea', 'Clematis', 'Fescue', 'Secateurs', 'Sage', 'Jasmine'];
export const firstNames = ['Ada', 'Bea', 'Carl', 'Dina', 'Emil', 'Fay', 'Gus', 'Hana', 'Ivo', 'Jun', 'Kai', 'Lena'];
export const lastNames = ['Moss', 'Birch', 'Hazel', 'Reed', 'Thorn', 'Alder', 'Vine', 'Heath'];
/** Name, longitude, latitude. */
export const towns: readonly (readonly [string, number, number])[] = [
  ['Bonn', 7.0982, 50.7374],
  ['Bremen', 8.8017, 53.0793],
  ['Dresden', 13.7373, 51.0504],
  ['Freiburg', 7.8421, 47.999],
  ['Kassel', 9.4797, 51.3127],
  ['Leipzig', 12.3731, 51.3397],
  ['Ulm', 9.9876, 48.4011],
  ['Weimar', 11.3235, 50.9795],
];
