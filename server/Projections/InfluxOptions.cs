using System.Text.RegularExpressions;

namespace ColdChain.Server.Projections;

/// <summary>
/// The InfluxDB that readings are projected to. Without token it is 1.x, with user and password if it asks for them, and written to at
/// <c>/write</c>; with token and organisation it is 2.x, with token alone 3, and written to at <c>/api/v2/write</c> (built to their
/// documents; the tests run 1.x). All are asked in InfluxQL at <c>/query</c>.
/// </summary>
internal sealed partial record InfluxOptions
{
    /// <summary>Where its HTTP API is, such as <c>http://127.0.0.1:8086</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>The database; for 2.x the bucket.</summary>
    public string Database { get; init; } = "coldchain";

    /// <summary>The user of 1.x; null when it asks for none.</summary>
    public string? User { get; init; }

    /// <summary>A file whose text is the user's password.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>A file whose text is the token; null for 1.x.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The organisation that the token belongs to; null for 1.x and 3.</summary>
    public string? Organisation { get; init; }

    /// <summary>True when nobody else can listen on the way, so that a secret may go in clear text: a network inside one machine.</summary>
    public bool TrustedNetwork { get; init; }

    public bool HasToken => TokenFile is not null;

    private bool HasSecret => HasToken || PasswordFile is not null;

    /// <summary>Every error of the options, each with its cure; empty when there is none.</summary>
    public IReadOnlyList<string> Errors() =>
    [
        .. Unless(IsPlainHttp, $"'{Address}' is no address of an InfluxDB. Write it as http://127.0.0.1:8086, without user, query or fragment."),
        .. Unless(Simple().IsMatch(Database), $"'{Database}' is no name for a database here. Use 1 to 64 letters, digits, '-' and '_'."),
        .. Unless(Organisation is null || HasToken, "An organisation without a token opens no InfluxDB. Give tokenFile (--influx-token-file) as well, or leave out organisation (--influx-org)."),
        .. Unless(User is null == PasswordFile is null, "A user of InfluxDB 1.x needs a password, and a password a user. Give user and passwordFile (--influx-user, --influx-password-file), or none of the two."),
        .. Unless(User is null || !HasToken, "InfluxDB asks either for user and password (1.x) or for a token (2.x and 3). Leave one of them out."),
        .. new[] { TokenFile, PasswordFile }.OfType<string>().SelectMany(SecretErrors),
        .. Unless(!HasSecret || !IsPlainHttp || Address.Scheme == Uri.UriSchemeHttps || Address.IsLoopback || TrustedNetwork, $"The secret would go to {Address} in clear text. Use https, or set influx.trustedNetwork where nobody else can listen."),
    ];

    private bool IsPlainHttp => Address is { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" };

    private static string[] SecretErrors(string file) =>
        Unless(File.Exists(file), $"The secret's file {file} does not exist. Write the secret into it, on one line, readable by the server alone.");

    private static string[] Unless(bool fine, string error) => fine ? [] : [error];

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Simple();
}
