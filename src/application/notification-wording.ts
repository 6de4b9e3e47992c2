import { Injectable } from '@nestjs/common';

import { roundOf } from '../dossier/stream';
import type { Message } from '../engine/notification-channel';
import type { Notification } from '../notifications/notification';
import { wordingOf, type Wording } from '../notifications/texts';
import { ReferenceData } from './reference-data';

/** Puts notifications into words, under the policy each event was judged by. */
@Injectable()
export class NotificationWording {
  constructor(private readonly reference: ReferenceData) {}

  /** Rejects where the dossier's round is not known. */
  async of({ dossier, policyVersion, occasion }: Notification): Promise<Wording> {
    const versions = (await this.reference.rounds()).get(roundOf(dossier) ?? '') ?? [];
    const judgedBy = versions.find(({ version }) => version === policyVersion) ?? versions.at(-1);
    if (judgedBy === undefined) throw new Error('a notification of an unknown round');
    return wordingOf(occasion, judgedBy.policy);
  }

  /** As channels carry it: in every language, since only the receiver knows which one is read. */
  async message(notification: Notification): Promise<Message> {
    const { id, recipient, position, dossier, at, occasion } = notification;
    const { title, text, deadline } = await this.of(notification);
    const content = {
      // Messages overtake one another; this is their order.
      position,
      type: occasion.type,
      dossier,
      at,
      deadline,
      title: { ...title },
      text: { ...text },
    };
    return { id, recipient, content };
  }
}
