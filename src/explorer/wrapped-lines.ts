/** Lines are wrapped, not cut: URLs and tokens are long, phones are narrow, and a phone has no room for line numbers either. */
import { useGraphiQL } from '@graphiql/react';
import { useEffect } from 'react';

const PHONE = window.matchMedia('(max-width: 700px)');

export function useWrappedLines(): void {
  const query = useGraphiQL((state) => state.queryEditor);
  const variables = useGraphiQL((state) => state.variableEditor);
  const headers = useGraphiQL((state) => state.headerEditor);
  const response = useGraphiQL((state) => state.responseEditor);

  useEffect(() => {
    for (const editor of [query, variables, headers, response]) {
      editor?.updateOptions({ wordWrap: 'on', lineNumbers: PHONE.matches ? 'off' : 'on' });
    }
  }, [query, variables, headers, response]);
}
