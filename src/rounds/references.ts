import { contradiction } from './contradictions';
