import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What happens to what passes. */
export type Weather = 'fair' | 'slow' | 'still' | 'away';

/** Milliseconds each piece is kept while it is slow. */
const delay = 150;

/** Stands between a client and a server and does to their connections what networks do. */
export class TcpProxy {
  #weather: Weather = 'fair';
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {
    server.on('connection', (client) => {
      this.#take(client);
    });
  }

  static async before(target: number): Promise<TcpProxy> {
    const server = createServer({ allowHalfOpen: true }).listen(0, 'localhost');
    await once(server, 'listening');
    return new TcpProxy(server, target);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** `still`: connections stay open and nothing comes through any more, nor ever will on those. */
  set weather(weather: Weather) {
    if (this.#weather === 'still' && weather !== 'still') this.cut();
    this.#weather = weather;
    if (weather === 'away') this.cut();
  }

  /** Every connection breaks off, in the middle of whatever it carries. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async stop(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  #take(client: Socket): void {
    if (this.#weather === 'away') {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ port: this.target, host: 'localhost', allowHalfOpen: true });
    this.#pass(client, server);
    this.#pass(server, client);
  }

  #pass(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.setNoDelay(true);
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
    from.on('end', () => to.end());
    from.on('data', (piece) => {
      const pass = () => {
        if (!to.destroyed && this.#weather !== 'still') to.write(piece);
      };
      if (this.#weather === 'slow') setTimeout(pass, delay);
      else pass();
    });
  }
}
