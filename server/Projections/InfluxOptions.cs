using System.Text.RegularExpressions;

namespace ColdChain.Server.Projections;

/// <summary>
/// The InfluxDB that readings are projected to. Without token it is 1.x and spoken to at <c>/write</c>; with token and organisation it is
/// 2.x or 3 and spoken to at <c>/api/v2/write</c> (built to their documents; the tests run 1.x).
/// </summary>
internal sealed partial record InfluxOptions
{
    /// <summary>Where its HTTP API is, such as <c>http://127.0.0.1:8086</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>The database; for 2.x the bucket.</summary>
    public string Database { get; init; } = "coldchain";

    /// <summary>A file whose text is the token; null for 1.x.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The organisation that the token belongs to; null for 1.x.</summary>
    public string? Organisation { get; init; }

    public bool HasToken => TokenFile is not null;

    /// <summary>Every error of the options, each with its cure; empty when there is none.</summary>
    public IReadOnlyList<string> Errors() =>
    [
        .. Unless(IsPlainHttp, $"'{Address}' is no address of an InfluxDB. Write it as http://127.0.0.1:8086, without user, query or fragment."),
        .. Unless(Simple().IsMatch(Database), $"'{Database}' is no name for a database here. Use 1 to 64 letters, digits, '-' and '_'."),
        .. Unless(HasToken == Organisation is not null, "InfluxDB 2.x needs both a token and an organisation, 1.x neither. Give tokenFile and organisation (--influx-token-file, --influx-org), or none of the two."),
        .. Unless(TokenFile is null || File.Exists(TokenFile), $"The token file {TokenFile} does not exist. Write the token into it, readable by the server alone."),
        .. Unless(!HasToken || !IsPlainHttp || Address.Scheme == Uri.UriSchemeHttps || Address.IsLoopback, $"The token would go to {Address} in clear text. Use https."),
    ];

    private bool IsPlainHttp => Address is { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" };

    private static string[] Unless(bool fine, string error) => fine ? [] : [error];

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Simple();
}
