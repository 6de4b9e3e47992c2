import type { Aggregate } from '../engine/execute';

/** Why a person is erased: the grounds of the Personal Information Protection Law, article 47. */
export const erasureGrounds = [
  'retention-over', // 保存期限已届满，或者处理目的已实现
  'consent-withdrawn', // 个人撤回同意
  'service-ended', // 停止提供产品或者服务
  'unlawful-processing', // 违反法律、行政法规或者违反约定处理个人信息
] as const;
export type ErasureGround = (typeof erasureGrounds)[number];

/**
 * That a person was erased (依法删除个人信息), in a stream of its own under a keyed hash of the account. It says
 * nothing of the person; what follows is that the key is destroyed and the evidence removed.
 */
export type PersonEvent = {
  readonly type: 'PersonErased';
  readonly data: { readonly ground: ErasureGround };
};

export type Person = 'known' | 'erased';

export const personStreams = 'person-';

export const personAggregate: Aggregate<Person, PersonEvent> = {
  initial: 'known',
  evolve: () => 'erased',
  read: ({ type, data, position }) => {
    if (type === 'PersonErased') return { type, data } as unknown as PersonEvent;
    throw new Error(`unknown event ${type} at ${position}`);
  },
};
