/** What a vendor account that does not answer asks of a person who is looking at it. Who only called a tool is told another thing. */
export const vendorRemedies: Readonly<Record<string, string>> = {
  CONNECTOR_UNAVAILABLE: 'Test it again in a while. If it stays, look at its base URL, its credential and its mapping.',
  CREDENTIAL_UNAVAILABLE: 'Set the credential, or look at its rights at the vendor.',
  VENDOR_ERROR: 'Try again in a while. If it stays, look at the base URL and the credential.',
  TIMED_OUT: 'Try again in a while, and look at the base URL.',
};
