import { randomUUID } from 'node:crypto';
import type { IGossipServer } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb';
import type { IServerFeaturesServer } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import {
  SupportedMethod,
  SupportedMethods,
} from '@eventstore/db-client/generated/serverfeatures_pb';
import { UUID } from '@eventstore/db-client/generated/shared_pb';
import type { Fault } from './faults';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** A node of a cluster, as gossip tells of it. */
export interface Member extends Address {
  readonly leads: boolean;
  readonly isAlive: boolean;
}

const methods = ['Append', 'Read', 'BatchAppend'];

/** Tells version and methods. */
export function featuresService(
  version: string,
  nextFault: () => Fault | undefined,
): IServerFeaturesServer {
  return {
    getSupportedMethods: (_, answer) => {
      const fault = nextFault();
      if (typeof fault === 'object') answer(fault);
      if (fault !== undefined) return;
      const supported = methods.map((name) =>
        new SupportedMethod()
          .setServiceName('event_store.client.streams.Streams')
          .setMethodName(name),
      );
      const features = new SupportedMethods();
      answer(null, features.setMethodsList(supported).setEventStoreServerVersion(version));
    },
  };
}

/** Tells who is in the cluster and who leads it. */
export function gossipService(members: () => readonly Member[]): IGossipServer {
  const { LEADER, FOLLOWER } = MemberInfo.VNodeState;
  return {
    read: (_, answer) => {
      const infos = members().map(({ host, port, leads, isAlive }) =>
        new MemberInfo()
          .setInstanceId(new UUID().setString(randomUUID()))
          .setTimeStamp('0')
          .setState(leads ? LEADER : FOLLOWER)
          .setIsAlive(isAlive)
          .setHttpEndPoint(new EndPoint().setAddress(host).setPort(port)),
      );
      answer(null, new ClusterInfo().setMembersList(infos));
    },
  };
}
