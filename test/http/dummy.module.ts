import {
  BadRequestException,
  Body,
  Controller,
  Get,
  HttpCode,
  Module,
  Param,
  Post,
  Put,
  Query,
  Req,
} from '@nestjs/common';
import { ApiConsumes } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import type { FastifyRequest } from 'fastify';

import { CommandsInHand } from '../../src/application/commands-in-hand';
import { CLOCK, READ_MODELS } from '../../src/application/ports';
import type { RequestContext } from '../../src/application/request';
import { SimulatedClock } from '../../src/engine/clock';
import { StoreUnavailable, WrongExpectedRevision } from '../../src/engine/event-store';
import type { Collection } from '../../src/engine/read-models';
import { Admission } from '../../src/http/admission';
import { Context, Language, Public, ReadsFrom, Roles } from '../../src/http/decorators';
import { contentOf, partsOf } from '../../src/http/multipart';
import { Problem, refusal } from '../../src/http/problem';
import type { Finding } from '../../src/rules/finding';
import { MemoryReadModels } from '../support/memory';

export const collection: Collection = { name: 'notes', version: 1, indexes: [] };
export const readModels = new MemoryReadModels();
/** Stands still for the length of a test: its start lies ahead of any running. */
export const simulatedStart = '2022-08-10T09:00:00.000+08:00';

class PartDto {
  @IsString()
  @MaxLength(5)
  name!: string;
}

class NoteDto {
  @IsString()
  @Length(2, 5)
  title!: string;

  @IsInt()
  @Min(1)
  @Max(9)
  weight!: number;

  @IsIn(['a', 'b'])
  kind!: string;

  @IsBoolean()
  done!: boolean;

  @IsOptional()
  @Matches(/^x+$/)
  mark?: string;

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(2)
  @ValidateNested({ each: true })
  @Type(() => PartDto)
  parts?: PartDto[];
}

class ListDto {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Max(200)
  limit?: number;
}

const finding = (severity: 'block' | 'warn', rule: string | null): Finding => ({
  code: `${severity}-${rule ?? 'state'}`,
  rule,
  clause: rule === null ? null : '三(四)',
  severity,
  pointer: '/submissions',
  message: { zh: '已达三次。', en: 'Three times already.' },
});

export const failures: Record<string, () => Error> = {
  rule: () => refusal([finding('warn', 'F-1'), finding('block', null), finding('block', 'R-6')]),
  state: () => refusal([finding('block', null)]),
  store: () => new StoreUnavailable('event store', new Error('王芳')),
  revision: () => new WrongExpectedRevision('dossier-王芳', 1, 2),
  nest: () => new BadRequestException('王芳'),
  limited: () =>
    new Problem(429, 'too-many-requests', { zh: '慢。', en: 'Slow.' }, [], { 'retry-after': '7' }),
  unforeseen: () => new TypeError('王芳 is not a function', { cause: new Error('650102') }),
};

@Controller('v1')
class DummyController {
  @Public()
  @Get('public')
  public(@Language() language: string) {
    return { language };
  }

  @Get('context/:id')
  context(@Context() context: RequestContext) {
    return context;
  }

  @Post('context/:id')
  @HttpCode(200)
  command(@Context() context: RequestContext) {
    return context;
  }

  @Post('auditors')
  @HttpCode(200)
  @Roles('auditor', 'administrator')
  auditors() {
    return {};
  }

  @Post('notes')
  @HttpCode(200)
  note(@Body() note: NoteDto) {
    return note;
  }

  @Put('sections/:name')
  section(@Param('name') name: string, @Body() section: object) {
    return { name, section };
  }

  @Get('notes')
  @ReadsFrom(collection)
  notes(@Query() { limit = 50 }: ListDto) {
    return { limit };
  }

  @Get('failures/:kind')
  fail(@Param('kind') kind: string) {
    throw failures[kind]?.() ?? new Error('no such failure');
  }

  @Post('files')
  @ApiConsumes('multipart/form-data')
  @HttpCode(200)
  async file(@Req() request: FastifyRequest) {
    const sizes: Record<string, number> = {};
    for await (const part of partsOf(request)) {
      let size = 0;
      if (part.type === 'file') {
        for await (const chunk of contentOf(part)) size += (chunk as Buffer).length;
      }
      sizes[part.fieldname] = size;
    }
    return sizes;
  }
}

@Module({
  controllers: [DummyController],
  providers: [
    { provide: CLOCK, useFactory: () => new SimulatedClock(simulatedStart) },
    { provide: READ_MODELS, useValue: readModels },
    { provide: Admission, useFactory: () => new Admission({ commands: 64, reads: 16 }) },
    CommandsInHand,
  ],
})
export class DummyModule {}
