/** A GraphQL operation as it is sent: its text, with the types of what it takes and gives. */

export interface Operation<Data, Variables> {
  readonly name: string;
  readonly kind: 'query' | 'mutation';
  readonly text: string;
  /** Types only. */
  readonly of?: (variables: Variables) => Data;
}
