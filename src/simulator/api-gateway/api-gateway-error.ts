/** What Mastercard's API gateway answers before MDES sees a request: capitalised keys, its own HTTP statuses. */

export interface ApiGatewayError {
  readonly status: number;
  readonly reasonCode: string;
  readonly description: string;
  readonly recoverable?: boolean;
}

export function apiGatewayErrorBody({
  reasonCode,
  description,
  recoverable = false,
}: ApiGatewayError): object {
  const error = {
    Source: 'Gateway',
    ReasonCode: reasonCode,
    Description: description,
    Recoverable: recoverable,
    Details: null,
  };
  return { Errors: { Error: [error] } };
}

// The codes of the next four are INFERRED: what the gateway says to requests that no client should send is not public.
export const unknownResource: ApiGatewayError = {
  status: 404,
  reasonCode: 'RESOURCE_UNKNOWN',
  description: 'The requested resource does not exist',
};

export const methodNotAllowed: ApiGatewayError = {
  status: 405,
  reasonCode: 'METHOD_NOT_ALLOWED',
  description: 'The resource does not support this HTTP method',
};

export const unsupportedMediaType: ApiGatewayError = {
  status: 415,
  reasonCode: 'UNSUPPORTED_MEDIA_TYPE',
  description: 'Content-Type must be application/json, in UTF-8 and without content encoding',
};

export const requestTooLarge: ApiGatewayError = {
  status: 413,
  reasonCode: 'REQUEST_TOO_LARGE',
  description: 'The request payload is too large',
};

export const serviceUnavailable: ApiGatewayError = {
  status: 503,
  reasonCode: 'SERVICE_UNAVAILABLE',
  description: 'The service is temporarily unavailable',
  recoverable: true,
};

export const systemError: ApiGatewayError = {
  status: 500,
  reasonCode: 'SYSTEM_ERROR',
  description: 'The system encountered an unexpected error',
  recoverable: true,
};

export const rateLimitExceeded: ApiGatewayError = {
  status: 429,
  reasonCode: 'RATE_LIMIT_EXCEEDED',
  description: 'You have exceeded the service rate limit',
  recoverable: true,
};
