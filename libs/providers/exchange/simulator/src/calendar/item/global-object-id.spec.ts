import { NOW } from '../testing/sample-items';
import { globalObjectId } from './global-object-id';

describe('global object ids', () => {
  it('carry the time of their making and what tells them apart', () => {
    const id = globalObjectId(NOW, new Uint8Array(16).fill(0xab));
    expect(id).toMatch(/^040000008200E00074C5B7101A82E00800000000[0-9A-F]{16}000000000000000010000000(AB){16}$/);
    expect(globalObjectId(NOW + 1, new Uint8Array(16))).not.toBe(globalObjectId(NOW, new Uint8Array(16)));
  });
});
