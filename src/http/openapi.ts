import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

import { addExamples, addParameterExamples } from './openapi-examples';
import { asJsonSchema, sharedComponents, withConventions } from './openapi-conventions';

/**
 * OpenAPI 3.1 at /openapi.json and its reading room at /docs, from this server alone.
 *
 * Fields of the DTOs are described by the @nestjs/swagger plugin, which runs in `nest build` (see
 * nest-cli.json): only the built service knows them. Under Jest the schemas are empty.
 */
export function publishOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => describe(app), {
    raw: ['json'],
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: '职称评审 API',
    // Swagger UI would otherwise show the document to a validator on the internet.
    swaggerOptions: { validatorUrl: null },
  });
}

function describe(app: NestFastifyApplication): OpenAPIObject {
  const base = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('职称评审申报服务 · Title review service')
    .setDescription(
      '申报、审核、退回、再次申报与查询。Filing, reviewing, returning and refiling professional-title dossiers. ' +
        'Problems are RFC 9457 in Chinese, or English by `Accept-Language: en`.',
    )
    .setVersion('1.0.0')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, {
    ...base,
    components: sharedComponents(base),
  });
  addExamples(document);
  addParameterExamples(document);
  return asJsonSchema(withConventions(document));
}
