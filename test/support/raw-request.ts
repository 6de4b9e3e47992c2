import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A request that is sent piece by piece, at the sender's pace. */
export class RawRequest {
  #received = '';

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk) => (this.#received += chunk.toString()));
    socket.on('error', () => undefined);
  }

  /** Connects and sends its headers; the body, of as many bytes, is to follow. */
  static async begin(
    url: string,
    method: string,
    path: string,
    headers: Readonly<Record<string, string | number>>,
    /** Whether the headers end here; else more are to follow. */
    ended = true,
  ): Promise<RawRequest> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const request = new RawRequest(socket);
    const head = [`${method} ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...lines];
    await request.send(`${head.join('\r\n')}\r\n${ended ? '\r\n' : ''}`);
    return request;
  }

  /** Resolves once it is handed to the network. */
  send(piece: string | Buffer): Promise<void> {
    return new Promise((sent) => {
      this.socket.write(piece, () => {
        sent();
      });
    });
  }

  get received(): string {
    return this.#received;
  }

  /** Status and body of the answer, once the connection is closed. */
  async answer(): Promise<{ readonly status: number; readonly body: string }> {
    if (!this.socket.closed) await once(this.socket, 'close');
    const [head = '', ...body] = this.#received.split('\r\n\r\n');
    return { status: Number(head.split(' ')[1]), body: body.join('\r\n\r\n') };
  }

  end(): void {
    this.socket.destroy();
  }
}
