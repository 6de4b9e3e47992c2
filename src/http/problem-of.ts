import { HttpException } from '@nestjs/common';

import { StoreUnavailable, WrongExpectedRevision } from '../engine/event-store';
import { ErasedPerson } from '../engine/person-keys';
import type { Text } from '../rules/finding';
import { malformed, notFound, Problem, unavailable } from './problem';

/** What to tell the client of anything thrown; undefined where it can only be a fault of the service. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof StoreUnavailable) {
    return unavailable(
      'store-unavailable',
      {
        zh: '数据存储暂不可用，请稍后重试。提交类操作请沿用原来的 Idempotency-Key：只会生效一次。',
        en: 'A store is unavailable; try again shortly. A command takes effect once under the same Idempotency-Key.',
      },
      2,
    );
  }
  if (error instanceof ErasedPerson) {
    return new Problem(409, 'person-erased', {
      zh: '该人员的个人信息已依法删除，不再接受其个人信息。',
      en: 'The person was erased by law; nothing personal of them is taken any more.',
    });
  }
  if (error instanceof WrongExpectedRevision) {
    return new Problem(409, 'concurrent-change', {
      zh: '同时有人更改了同一内容，本次操作未生效，请刷新后重试。',
      en: 'Others kept changing the same thing. Nothing was applied; reload and try again.',
    });
  }
  if (error instanceof HttpException) return problemOfStatus(error.getStatus());
  return isFastifyError(error) ? problemOfFastify(error) : undefined;
}

interface FastifyError extends Error {
  readonly code: string;
  readonly statusCode: number;
}

function isFastifyError(error: unknown): error is FastifyError {
  return (
    error instanceof Error &&
    error.name === 'FastifyError' &&
    typeof (error as Partial<FastifyError>).code === 'string' &&
    typeof (error as Partial<FastifyError>).statusCode === 'number'
  );
}

function problemOfFastify({ code, statusCode }: FastifyError): Problem | undefined {
  switch (code) {
    case 'FST_ERR_BAD_URL':
      return malformed('malformed-request', {
        zh: '请求地址的编码有误。',
        en: 'The address of the request is not properly encoded.',
      });
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return notFound();
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
      return unsupportedMediaType();
    case 'FST_FILES_LIMIT':
    case 'FST_PARTS_LIMIT':
    case 'FST_FIELDS_LIMIT':
      return malformed('malformed-form', {
        zh: '表单的字段或文件过多。',
        en: 'The form has too many fields or files.',
      });
    default:
      return problemOfStatus(statusCode);
  }
}

/** For errors of the framework, of which only the status is of use to a client. */
function problemOfStatus(status: number): Problem | undefined {
  switch (status) {
    case 404:
      return notFound();
    case 413:
      return tooLarge();
    case 415:
      return unsupportedMediaType();
    case 503:
      return unavailable('unavailable', { zh: '服务暂不可用。', en: 'Unavailable for now.' }, 2);
    default: {
      if (status < 400 || status > 499) return undefined;
      const [code, text] = otherClientErrors[status] ?? ['malformed-request', malformedText];
      return new Problem(status, code, text);
    }
  }
}

const malformedText: Text = { zh: '请求格式有误。', en: 'The request is malformed.' };
const otherClientErrors: Readonly<Record<number, readonly [string, Text]>> = {
  401: ['unauthenticated', { zh: '请先登录。', en: 'Sign in first.' }],
  403: ['forbidden', { zh: '无权进行此操作。', en: 'Not allowed.' }],
  409: ['conflict', { zh: '与当前状态冲突。', en: 'In conflict with the current state.' }],
  429: ['too-many-requests', { zh: '请求过于频繁，请稍后再试。', en: 'Too many requests.' }],
};

export function unsupportedMediaType(): Problem {
  return new Problem(415, 'unsupported-media-type', {
    zh: '不支持该内容类型。',
    en: 'Content of this media type is not taken here.',
  });
}

function tooLarge(): Problem {
  return new Problem(413, 'too-large', { zh: '内容过大。', en: 'The content is too large.' });
}
