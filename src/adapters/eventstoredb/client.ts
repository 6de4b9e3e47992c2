import { type EndPoint, EventStoreDBClient, type SingleNodeOptions } from '@eventstore/db-client';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import { ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import {
  Channel,
  type Client as GrpcClient,
  credentials,
  type ClientReadableStream,
} from '@grpc/grpc-js';
import type { ConnectionSettings } from './connection-string';

type RecordedEvent = ReadResp.ReadEvent.RecordedEvent;

/**
 * The official client where it can be had without surprises. It tells of failures and never mends a
 * connection itself: its own way leaves an unhandled rejection where the next node cannot be found,
 * and a channel that waits up to two minutes after an outage. {@link Connection} puts a new one in place.
 */
export class Client extends EventStoreDBClient {
  private channel: Promise<Channel> | undefined;

  constructor(
    private readonly settings: ConnectionSettings,
    private readonly onFailure: (error: Error) => void,
    /** The node to use, where the server has named it; else the settings say which. */
    node?: EndPoint,
  ) {
    const nodes = node === undefined ? settings.nodes : { endpoint: node };
    // An overload for each of three kinds of options: the type checker takes no union of them.
    super(nodes as SingleNodeOptions, settings.channel, settings.credentials);
  }

  protected override handleError = (_: GrpcClient, error: Error): Promise<void> => {
    this.onFailure(error);
    return Promise.resolve();
  };

  /**
   * Not the batched append, which knows no deadline, gives a wrong revision back on a conflict, and
   * ends the process where an answer comes after another connection of the process has failed.
   */
  protected override supports = (): Promise<boolean> => Promise.resolve(false);

  protected override getChannel = (): Promise<Channel> => {
    this.channel ??= this.openChannel();
    return this.channel;
  };

  /** Resolves once the node to talk to is known; rejects where none can be found. */
  async ready(): Promise<void> {
    await this.getChannel();
  }

  /** The server's version such as `23.10.1`; `unknown` for one too old to tell. */
  async serverVersion(): Promise<string> {
    return (await this.capabilities).serverVersion;
  }

  /** The events under the prefixes, newest first: the client's `readAll` takes no filter. */
  async *readNewestFirst(
    prefixes: readonly string[],
    deadline: number,
  ): AsyncGenerator<RecordedEvent> {
    const request = newestFirst(prefixes);
    const call = await this.GRPCStreamCreator<StreamsClient, ClientReadableStream<ReadResp>>(
      StreamsClient,
      'readAll',
      (client) => client.read(request, ...this.callArguments({ requiresLeader: true, deadline })),
    )();
    // Cancelling makes it fail once more when nobody listens any longer.
    call.on('error', () => undefined);
    try {
      for await (const response of call as AsyncIterable<ReadResp>) {
        const event = response.getEvent()?.getEvent();
        if (event !== undefined) yield event;
      }
    } finally {
      // The consumer stops at the first it wants: without this the server would look on to the log's start.
      call.cancel();
    }
  }

  async close(): Promise<void> {
    await this.dispose();
    // `dispose` leaves the channel open.
    const channel = await this.channel?.catch(() => undefined);
    channel?.close();
  }

  private async openChannel(): Promise<Channel> {
    const { channel, tls, nodes } = this.settings;
    const { rootCertificate, userKeyFile, userCertFile } = channel;
    try {
      return new Channel(
        await this.resolveUri(),
        tls
          ? credentials.createSsl(rootCertificate, userKeyFile, userCertFile)
          : credentials.createInsecure(),
        {
          // A new channel connects at once, whatever others to the same address have met.
          'grpc.use_local_subchannel_pool': 1,
          'grpc.max_reconnect_backoff_ms': 5_000,
          'grpc.keepalive_time_ms': nodes.keepAliveInterval ?? 10_000,
          'grpc.keepalive_timeout_ms': nodes.keepAliveTimeout ?? 10_000,
          // The largest event a server may hold is 16 MiB.
          'grpc.max_receive_message_length': 17 * 1024 * 1024,
        },
      );
    } catch (error) {
      this.channel = undefined;
      throw error;
    }
  }
}

function newestFirst(prefixes: readonly string[]): ReadReq {
  const { Options } = ReadReq;
  const streams = new Options.FilterOptions.Expression().setPrefixList([...prefixes]);
  const options = new Options()
    .setAll(new Options.AllOptions().setEnd(new Empty()))
    .setReadDirection(ReadReq.Options.ReadDirection.BACKWARDS)
    .setCount(String(Number.MAX_SAFE_INTEGER))
    .setUuidOption(new Options.UUIDOption().setString(new Empty()))
    .setFilter(
      new Options.FilterOptions()
        .setStreamIdentifier(streams)
        .setCount(new Empty())
        .setCheckpointintervalmultiplier(1),
    );
  return new ReadReq().setOptions(options);
}
