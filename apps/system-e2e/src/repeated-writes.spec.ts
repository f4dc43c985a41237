import { createdApiKeySchema } from '@daybook/contracts';
import { httpCall, Person, Stack } from '@daybook/testing/stack';
import { randomUUID } from 'node:crypto';

const path = '/v1/admin/api-keys';
const json = { name: 'Room displays', scopes: ['meetings:read'] };

describe('a write that is sent again with its Idempotency-Key', () => {
  it('happens once, whenever it comes, and its answer is good', async () => {
    const { addresses } = await Stack.shared();
    const admin = await Person.signIn(addresses.gateway, 'admin@example.com');
    const headers = { 'idempotency-key': randomUUID() };
    const send = (body: object) => admin.call(path, { method: 'POST', json: body, headers });

    const answers = await Promise.all([send(json), send(json), send(json)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    const [first, ...others] = answers.map((answer) => createdApiKeySchema.parse(answer.json));
    expect(others).toEqual([first, first]);
    expect((await send(json)).json).toEqual(first);
    expect(await send({ ...json, name: 'Another' })).toMatchObject({
      status: 422,
      json: { code: 'idempotency_mismatch' },
    });

    const opened = await httpCall(`${addresses.gateway}/v1/meetings`, {
      headers: { authorization: `Bearer ${first?.key ?? ''}` },
    });
    expect(opened.status).toBe(200);
    await admin.call(`${path}/${first?.id ?? ''}`, { method: 'DELETE' });
  });
});
