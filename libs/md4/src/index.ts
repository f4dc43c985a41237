export { md4 } from './md4';
