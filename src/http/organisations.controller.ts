import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import { DescribeOrganisation } from '../application/organisation-commands';
import { ReferenceData } from '../application/reference-data';
import type { RequestContext } from '../application/request';
import type { Organisation } from '../organisations/organisation';
import { superiors } from '../organisations/tree';
import { accepted, pageFrom, type Page } from './answers';
import { Context, Roles } from './decorators';
import { OrganisationDto } from './dto/organisation.dto';
import { PageDto } from './dto/query.dto';
import { notFound } from './problem';

@ApiTags('organisations')
@ApiBearerAuth()
@Controller('v1/organisations')
export class OrganisationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reference: ReferenceData,
  ) {}

  /** Every organisation, by id */
  @Get()
  async list(@Query() page: PageDto): Promise<Page<Organisation>> {
    const tree = await this.reference.organisations();
    const sorted = [...tree.keys()].sort().flatMap((id) => tree.get(id) ?? []);
    return pageFrom(sorted, ({ id }) => id, page);
  }

  /** One organisation, with everything above it */
  @Get(':id')
  async get(
    @Param('id') id: string,
  ): Promise<Organisation & { readonly superiors: readonly string[] }> {
    const tree = await this.reference.organisations();
    const organisation = tree.get(id);
    if (organisation === undefined) throw notFound();
    return { ...organisation, superiors: superiors(tree, id).slice(1) };
  }

  /** Register an organisation, or describe it anew */
  @Put(':id')
  @Roles('administrator')
  async describe(
    @Param('id') id: string,
    @Body() body: OrganisationDto,
    @Context() context: RequestContext,
  ): Promise<Organisation & { readonly position: string }> {
    if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(id)) throw notFound();
    const organisation = { id, ...body };
    const outcome = accepted(
      await this.commands.execute(new DescribeOrganisation(organisation, context)),
    );
    return { ...organisation, position: outcome.position };
  }
}
