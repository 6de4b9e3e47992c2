import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import { ErasePerson } from '../application/erasure';
import type { RequestContext } from '../application/request';
import { accepted } from './answers';
import { Context, Roles } from './decorators';
import { ErasureDto } from './dto/person.dto';

class ErasureAnswer {
  account!: string;
  /** @example "0000000000000042" */
  position!: string;
}

@ApiTags('persons')
@ApiBearerAuth()
@Controller('v1/persons')
export class PersonsController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Erase a person (依法删除个人信息); for the title office. Refused while a dossier is to be kept, under
   * investigation and under a bar. The key and the scans are destroyed right after
   */
  @Post(':account/erasure')
  @Roles('administrator')
  async erase(
    @Param('account') account: string,
    @Body() { ground }: ErasureDto,
    @Context() context: RequestContext,
  ): Promise<ErasureAnswer> {
    const outcome = await this.commands.execute(new ErasePerson(account, ground, context));
    return { account, position: accepted(outcome).position };
  }
}
