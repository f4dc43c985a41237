/**
 * Settings that may be asked for: whoever asks for another one asks wrongly.
 * https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/setting-soap and
 * https://learn.microsoft.com/en-us/dotnet/api/microsoft.exchange.webservices.autodiscover.usersettingname
 */
const ECP_PAGES = [
  'Connect',
  'DeliveryReport',
  'EmailSubscriptions',
  'ExtensionInstallation',
  'Photo',
  'Publishing',
  'RetentionPolicyTags',
  'TeamMailbox',
  'TeamMailboxCreating',
  'TeamMailboxEditing',
  'TeamMailboxHiding',
  'TextMessaging',
  'Voicemail',
];

/** Each of them once `Internal…` and once `External…`. */
const ON_BOTH_SIDES = [
  'EcpUrl',
  ...ECP_PAGES.map((page) => `Ecp${page}Url`),
  'EwsUrl',
  'EmwsUrl',
  'OABUrl',
  'UMUrl',
  'WebClientUrls',
  'Pop3Connections',
  'Imap4Connections',
  'SmtpConnections',
  'ServerExclusiveConnect',
  'PhotosUrl',
];

const OTHERS = [
  'ActiveDirectoryServer',
  'AlternateMailboxes',
  'AutoDiscoverSMTPAddress',
  'CasVersion',
  'CertPrincipalName',
  'CrossOrganizationSharingEnabled',
  'DocumentSharingLocations',
  'EwsPartnerUrl',
  'EwsSupportedSchemas',
  'ExchangeRpcUrl',
  'ExternalEwsVersion',
  'ExternalMailboxServer',
  'ExternalMailboxServerAuthenticationMethods',
  'ExternalMailboxServerRequiresSSL',
  'GroupingInformation',
  'InternalMailboxServer',
  'InternalMailboxServerDN',
  'InternalRpcClientServer',
  'InternalRpcHttpServer',
  'InteropExternalEwsUrl',
  'InteropExternalEwsVersion',
  'MailboxDN',
  'MailboxVersion',
  'MapiHttpEnabled',
  'MobileMailboxPolicy',
  'MobileMailboxPolicyInterop',
  'PublicFolderInformation',
  'PublicFolderServer',
  'ShowGalAsDefaultView',
  'SiteMailboxCreationURL',
  'SPMySiteHostURL',
  'UserDeploymentId',
  'UserDisplayName',
  'UserDN',
  'UserMSOnline',
];

export const SETTING_NAMES: ReadonlySet<string> = new Set([
  ...ON_BOTH_SIDES.flatMap((name) => [`Internal${name}`, `External${name}`]),
  ...ECP_PAGES.map((page) => `Ecp${page}UrlFragment`),
  ...OTHERS,
]);
