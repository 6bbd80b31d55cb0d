export { discount, saveActiveCodes, saveCoupon } from './coupons';
