/* The words the specs are written in: who there is, what is filed, what happened, what is asked. */

export * from './cast';
export * from './commands';
export * from './content';
export * from './events';
