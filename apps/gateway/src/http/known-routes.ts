import type { RouteSpec } from '../doors/route';

export interface KnownRoute {
  readonly method: string;
  /** As registered: `/v1/meetings/:id`. */
  readonly url: string;
  readonly spec: RouteSpec;
}

/** Every route that was registered, as it was: OpenAPI is written from it, and wrong methods are told from wrong addresses. */
export class KnownRoutes {
  readonly all: KnownRoute[] = [];
  private patterns: { readonly pattern: RegExp; readonly method: string }[] | null = null;

  add(route: KnownRoute): void {
    this.all.push(route);
    this.patterns = null;
  }

  /** The methods that the address of `url` takes; none when there is no such address. */
  methodsOf(url: string): string[] {
    const path = url.split('?', 1)[0] ?? '';
    this.patterns ??= this.all.map(({ method, url: known }) => ({
      method,
      pattern: new RegExp(`^${known.replace(/[.]/g, '\\.').replace(/:[^/]+/g, '[^/]+')}$`),
    }));
    const methods = this.patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    return [...new Set(methods)].sort();
  }
}
