import { ValidateBy } from 'class-validator';

import { isBlankText } from '../../engine/text';

/** Text somebody must give: it holds at least one character that can be seen. */
export const Visible = (): PropertyDecorator =>
  ValidateBy({
    name: 'isVisible',
    validator: { validate: (value) => typeof value === 'string' && !isBlankText(value) },
  });
