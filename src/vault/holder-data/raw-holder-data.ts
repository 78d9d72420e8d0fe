/** Holder data as a bank has it: of the right types, in whatever form. */
import { z } from 'zod';
import { lengthOf } from './text.js';

const MAX_NAME = 200;

const text = z.string().nullish();

const rawAddress = z.object({
  line1: text,
  line2: text,
  city: text,
  countrySubdivision: text,
  postalCode: text,
  country: text,
});

const rawPhoneNumber = z.union([
  z.string(),
  z.object({ phoneNumber: z.string(), countryDialInCode: text, country: text }),
]);

export const rawHolderData = z.object({
  accountHolderName: z
    .string()
    .refine((name) => lengthOf(name) <= MAX_NAME)
    .nullish(),
  accountHolderAddress: rawAddress.nullish(),
  accountHolderEmailAddress: text,
  accountHolderMobilePhoneNumber: rawPhoneNumber.nullish(),
});

export type RawAddress = z.infer<typeof rawAddress>;
export type RawPhoneNumber = z.infer<typeof rawPhoneNumber>;
export type RawHolderData = z.infer<typeof rawHolderData>;
