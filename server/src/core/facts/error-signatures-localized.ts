import type { CauseHint, ErrorSignature } from './error-causes.ts';
import { meanings } from './error-signatures-dotnet.ts';

/**
 * Sentences that .NET Framework and Windows print in the language of the system. Each was found in a public thread or
 * document, which is its source; none is a translation of our own. The id is that of the English sentence, with the
 * language behind it.
 */

type Sentence = readonly [language: string, sentence: RegExp, source: string];

const intune = (locale: string) =>
  `https://learn.microsoft.com/${locale}/mem/intune/protect/certificates-digicert-configure`;
const winErrors = (locale: string) =>
  `https://learn.microsoft.com/${locale}/windows/win32/debug/system-error-codes--9000-11999-`;
const scaleOut = (locale: string) =>
  `https://learn.microsoft.com/${locale}/sql/integration-services/scale-out/troubleshooting-scale-out`;

const secureChannel: readonly Sentence[] = [
  ['de', /kein geschützter SSL\/TLS-Kanal erstellt werden/i, intune('de-de')],
  ['fr', /Impossible de créer un canal sécurisé SSL\/TLS/i, 'https://github.com/mRemoteNG/mRemoteNG/issues/1226'],
  ['es', /No se puede crear un canal seguro SSL\/TLS/i, 'https://github.com/instructure/canvas-lms/issues/2372'],
  ['it', /Impossibile creare un canale sicuro SSL\/TLS/i, 'https://github.com/ChrisTitusTech/winutil/issues/99'],
  [
    'pt',
    /Não foi possível criar um canal seguro para SSL\/TLS/i,
    'https://github.com/ZeusAutomacao/DFe.NET/issues/1583',
  ],
  ['ru', /Не удалось создать защищенный канал SSL\/TLS/i, 'https://github.com/EvilBeaver/OneScript/issues/849'],
  ['ja', /SSL\/TLS のセキュリティで保護されているチャネルを作成できませんでした/, scaleOut('ja-jp')],
  ['zh', /未能创建 ?SSL\/TLS ?安全通道/i, 'https://github.com/ScoopInstaller/Scoop/issues/3945'],
  ['nl', /Kan geen beveiligd SSL\/TLS-kanaal maken/i, intune('nl-nl')],
];

const errorOnSend: readonly Sentence[] = [
  [
    'de',
    /Verbindung wurde geschlossen: Unerwarteter Fehler beim Senden/i,
    'https://github.com/baramundisoftware/PS-bConnect/issues/52',
  ],
  [
    'ru',
    /Базовое соединение закрыто: Непредвиденная ошибка при передаче/i,
    'https://github.com/morpher-ru/Yandex.Checkout.V3/issues/22',
  ],
  ['zh', /基础连接已经关闭[:：,，] ?发送时发生错误/, 'https://github.com/2dust/v2rayN/issues/847'],
  [
    'pt',
    /conexão subjacente estava fechada: Erro inesperado em um envio/i,
    'https://github.com/ZeusAutomacao/DFe.NET/issues/879',
  ],
];

const errorOnReceive: readonly Sentence[] = [
  ['zh', /基础连接已经关闭[:：,，] ?接收时发生错误/, 'https://github.com/neolee/pilot/issues/125'],
  [
    'nl',
    /onderliggende verbinding is gesloten: er is een onverwachte fout opgetreden bij/i,
    'https://support.microsoft.com/kb/2007873/nl',
  ],
  [
    'pt',
    /conexão subjacente estava fechada: Erro inesperado em um recebimento/i,
    'https://github.com/ZeusAutomacao/DFe.NET/issues/338',
  ],
];

const transportClosed: readonly Sentence[] = [
  ['zh', /由于远程方已关闭传输流[,，] ?身份验证失败/, 'https://github.com/2dust/v2rayN/issues/847'],
];

const transportRead: readonly Sentence[] = [
  [
    'de',
    /Von der Übertragungsverbindung können keine Daten gelesen werden: Eine vorhandene Verbindung wurde vom Remotehost geschlossen/i,
    'https://github.com/duplicati/duplicati/issues/3817',
  ],
  [
    'pt',
    /Não é possível ler os dados da conexão de transporte: Foi forçado o cancelamento de uma conexão existente pelo host remoto/i,
    'https://github.com/ZeusAutomacao/DFe.NET/issues/879',
  ],
];

const connectionReset: readonly Sentence[] = [
  ['de', /Eine vorhandene Verbindung wurde vom Remotehost geschlossen/i, 'https://github.com/AdKats/AdKats/issues/559'],
  ['fr', /Une connexion existante a dû être fermée par l['’]hôte distant/i, winErrors('fr-fr')],
  [
    'es',
    /Se ha forzado la interrupción de una conexión existente por el host remoto/i,
    'https://github.com/IIC2233/syllabus-2020-1/issues/1132',
  ],
  ['it', /Connessione in corso interrotta forzatamente dall['’]host remoto/i, winErrors('it-it')],
  ['pt', /Foi forçado o cancelamento de uma conexão existente pelo host remoto/i, winErrors('pt-br')],
  [
    'ru',
    /Удаленный хост принудительно разорвал существующее подключение/i,
    'https://github.com/RatScanner/RatScanner/issues/540',
  ],
  ['ja', /既存の接続はリモート ?ホストに強制的に切断されました/, 'https://github.com/p2pquake/epsp-peer-cs/issues/187'],
  ['zh', /远程主机强迫关闭了一个现有的连接/, 'https://github.com/gitextensions/gitextensions/issues/7642'],
];

const secureChannelSupport: readonly Sentence[] = [
  [
    'ja',
    /セキュリティで保護されたチャネル ?サポートでエラーが発生しました/,
    'https://github.com/eai04191/Actor/issues/9',
  ],
];

const trustRelationship: readonly Sentence[] = [
  [
    'pt',
    /Não foi possível estabelecer (?:uma )?relação de confiança para o canal seguro de SSL\/TLS/i,
    'https://github.com/ZeusAutomacao/DFe.NET/issues/629',
  ],
  ['zh', /未能为 ?SSL\/TLS ?安全通道建立信任关系/i, 'https://github.com/2dust/v2rayN/issues/1801'],
  [
    'it',
    /Impossibile stabilire una relazione di trust per il canale sicuro SSL\/TLS/i,
    'https://github.com/KSP-CKAN/CKAN/issues/2249',
  ],
  [
    'ru',
    /Не удалось установить доверительные отношения для защищенного канала SSL\/TLS/i,
    'https://github.com/sailro/EscapeFromTarkov-Trainer/issues/375',
  ],
  [
    'es',
    /No se pu(?:ede|do) establecer una relación de confianza para el canal seguro SSL\/TLS/i,
    'https://github.com/FrameworkPeru/openinvoiceperu/issues/123',
  ],
];

const certificateInvalid: readonly Sentence[] = [
  ['de', /Das Remotezertifikat ist laut Validierungsverfahren ungültig/i, scaleOut('de-de')],
  ['zh', /根据验证过程[,，] ?远程证书无效/, 'https://github.com/2dust/v2rayN/issues/1801'],
  [
    'it',
    /certificato remoto non è stato ritenuto valido dalla procedura di convalida/i,
    'https://github.com/KSP-CKAN/CKAN/issues/2249',
  ],
  [
    'ru',
    /Удаленный сертификат недействителен согласно результатам проверки подлинности/i,
    'https://github.com/hflabs/suggestions-csharp/issues/1',
  ],
];

const nameNotResolved: readonly Sentence[] = [
  ['de', /Der Remotename konnte nicht aufgelöst werden/i, 'https://github.com/EUCPilots/evergreen-module/issues/420'],
  ['fr', /Le nom distant n['’]a pas pu être résolu/i, 'https://github.com/Tsume/Maple-Tree/issues/153'],
  ['zh', /未能解析此远程名称/, 'https://github.com/SDchao/AutoVsCEnv_WPF/issues/36'],
  ['es', /No se puede resolver el nombre remoto/i, 'https://github.com/xolarity/WinGrooves/issues/20'],
  ['pt', /Não foi possível resolver o nome remoto/i, 'https://github.com/Jackett/Jackett/issues/6888'],
  ['ja', /そのようなホストは不明です/, 'https://github.com/nekopanda/Amatsukaze/issues/9'],
];

const unableToConnect: readonly Sentence[] = [
  ['zh', /无法连接到远程服务器/, 'https://github.com/SDchao/AutoVsCEnv_WPF/issues/53'],
];

const connectTimeout: readonly Sentence[] = [
  [
    'zh',
    /由于连接方在一段时间后没有正确答复或连接的主机没有反应[,，] ?连接尝试失败/,
    'https://github.com/j6mes/httplib/issues/25',
  ],
  [
    'fr',
    /Une tentative de connexion a échoué car le parti connecté n['’]a pas répondu convenablement/i,
    'https://github.com/Devolutions/UniGetUI/issues/4857',
  ],
];

const closedUnexpectedly: readonly Sentence[] = [
  ['zh', /基础连接已经关闭[:：,，] ?连接被意外关闭/, 'https://github.com/shadowsocksrr/shadowsocksr-csharp/issues/71'],
  ['es', /La conexión ha terminado de forma inesperada/i, 'https://github.com/sam-ludlow/mame-ao/issues/84'],
  [
    'it',
    /Connessione sottostante chiusa: Chiusura imprevista della connessione/i,
    'https://github.com/JonathanCrossland/multichain/issues/11',
  ],
];

const unsecuredFault: readonly Sentence[] = [
  [
    'it',
    /Errore non protetto o protetto in modo non corretto ricevuto dall['’]altra parte/i,
    'https://github.com/MscrmTools/XrmToolBox/issues/803',
  ],
];

export const localizedSignatures: readonly ErrorSignature[] = [
  ...each('dotnet-secure-channel', secureChannel, 'telling', meanings.noChannel),
  ...each('dotnet-error-on-send', errorOnSend, 'telling', meanings.closedOnSend, { marks: ['web-exception'] }),
  ...each('dotnet-error-on-receive', errorOnReceive, 'telling', meanings.closedOnReceive, {
    when: [
      ['handshake', meanings.closedOnSend],
      ['exchange', meanings.closedLater],
    ],
  }),
  ...each('dotnet-transport-stream-closed', transportClosed, 'specific', meanings.closedOnSend),
  ...each('dotnet-transport-read-reset', transportRead, 'telling', meanings.closedOnSend),
  ...each('windows-connection-reset', connectionReset, 'telling', meanings.closedOnReceive, {
    when: [
      ['handshake', meanings.closedOnSend],
      ['dynamics-metadata', meanings.closedOnSend],
      ['exchange', meanings.closedLater],
      ['web-exception', meanings.closedOnSend],
    ],
  }),
  ...each('winhttp-secure-channel-support', secureChannelSupport, 'telling', [
    ['tls-version', 'likely', 'WinHTTP could not negotiate TLS.'],
    ['certificate', 'possible', 'The same text is used for certificates.'],
  ]),
  ...each('dotnet-trust-relationship', trustRelationship, 'specific', meanings.untrusted),
  ...each('dotnet-certificate-invalid', certificateInvalid, 'specific', meanings.untrusted),
  ...each('dotnet-name-not-resolved', nameNotResolved, 'specific', meanings.unresolved),
  ...each('dotnet-unable-to-connect', unableToConnect, 'telling', meanings.unconnected),
  ...each('windows-connect-timeout', connectTimeout, 'telling', [
    ['network', 'likely', 'The host did not answer in time.'],
  ]),
  ...each('dotnet-closed-unexpectedly', closedUnexpectedly, 'telling', [
    ['server', 'likely', 'The connection ended after the request was sent: TLS had been negotiated.'],
    ['network', 'possible', 'Something on the way may have ended it.'],
  ]),
  ...each('wcf-unsecured-fault', unsecuredFault, 'telling', [
    ['sign-in', 'likely', 'The service answered with a fault about security: TLS was fine.'],
    ['clock', 'possible', 'Clocks that differ give the same fault.'],
  ]),
];

function each(
  id: string,
  sentences: readonly Sentence[],
  weight: ErrorSignature['weight'],
  causes: readonly CauseHint[],
  more: Pick<ErrorSignature, 'when' | 'marks'> = {},
): readonly ErrorSignature[] {
  return sentences.map(([language, pattern, source]) => ({
    id: `${id}-${language}`,
    pattern,
    weight,
    causes,
    source,
    ...more,
  }));
}
