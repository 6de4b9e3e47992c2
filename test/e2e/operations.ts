import { body, type Service } from '../support/service';

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Every operation of the service as its own document names them: `POST /v1/dossiers/{id}/returns`. */
export async function operationsOf(service: Service): Promise<string[]> {
  const { paths } = await body<Document>(service.as(null).get('/openapi.json'), 200);
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
}
