export { GraphSide, type GraphSurroundings, type OpenGraph } from './graph/graph-side';
export type { Identify } from './graph/identify';
export type { Principal } from './principal';
