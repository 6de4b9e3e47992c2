import { STATUS_CODES } from 'node:http';

import type { Finding, Text } from '../rules/finding';
import type { Language } from './language';
import type { Problem } from './problem';

/** RFC 9457, with what a rule of the notice has to say where one refuses. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  /** Rule and clause of the first finding that refuses. */
  readonly rule?: string;
  readonly clause?: string;
  readonly findings?: readonly LocalisedFinding[];
}

/** A finding as a response shows it: its message in one language. */
export type LocalisedFinding = Omit<Finding, 'message'> & { readonly message: string };

export function localised(findings: readonly Finding[], language: Language): LocalisedFinding[] {
  return findings.map((finding) => ({ ...finding, message: finding.message[language] }));
}

const chineseTitles: Readonly<Record<number, string>> = {
  400: '请求有误',
  401: '需要登录',
  403: '无权操作',
  404: '没有找到',
  408: '请求超时',
  409: '与当前状态冲突',
  412: '内容已被更改',
  413: '内容过大',
  415: '不支持的内容类型',
  422: '不符合规定',
  429: '请求过多',
  431: '请求头过长',
  500: '服务内部出错',
  503: '服务暂不可用',
};

export function problemDocument(problem: Problem, language: Language): ProblemDocument {
  const { status, code, text, findings } = problem;
  const refusing = findings.find(({ severity, rule }) => severity === 'block' && rule !== null);
  return {
    type: `/problems/${code}`,
    title: titleOf(status)[language],
    status,
    detail: text[language],
    code,
    ...(refusing?.rule == null ? {} : { rule: refusing.rule }),
    ...(refusing?.clause == null ? {} : { clause: refusing.clause }),
    ...(findings.length === 0 ? {} : { findings: localised(findings, language) }),
  };
}

function titleOf(status: number): Text {
  const en = STATUS_CODES[status] ?? 'Error';
  return { zh: chineseTitles[status] ?? en, en };
}
