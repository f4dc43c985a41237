import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** A stretch of wire between a client and the broker that a test can cut and mend. */
export class CutProxy {
  private readonly sockets = new Set<Socket>();
  private open = true;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async before(target: string): Promise<CutProxy> {
    const { hostname, port } = new URL(target);
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const own = typeof address === 'object' && address ? address.port : 0;
    const proxy = new CutProxy(server, `nats://127.0.0.1:${own}`);
    server.on('connection', (near) => proxy.join(near, connect(Number(port), hostname)));
    return proxy;
  }

  /** Ends every connection and lets no new one through. */
  cut(): void {
    this.open = false;
    this.sockets.forEach((socket) => socket.destroy());
  }

  mend(): void {
    this.open = true;
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(near: Socket, far: Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.on('error', () => undefined);
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
    if (!this.open) {
      near.destroy();
    }
  }
}
