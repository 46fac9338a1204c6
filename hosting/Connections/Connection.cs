using System.Net;
using System.Security.Cryptography.X509Certificates;
using ColdChain.Hosting.Certificates;
using ColdChain.Hosting.Configuration;

namespace ColdChain.Hosting.Connections;

/// <summary>A server that a program connects to, and as whom.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port.</param>
/// <param name="User">The user name; null for none.</param>
/// <param name="Password">The password; null for none.</param>
/// <param name="Tls">Whom to trust and what to show; null for a connection in clear text.</param>
public sealed record Connection(string Host, int Port, string? User, string? Password, ConnectionTls? Tls)
{
    private static readonly string[] TlsKeys = ["caFile", "certificateFile", "keyFile"];

    /// <summary>What an operator has to be told when the password can be read on the way; null when it cannot.</summary>
    public string? Warning => Password is null || Tls is not null || IsThisMachine
        ? null
        : $"The password of '{User}' goes to {Host}:{Port} in clear text: whoever can listen on the way can be '{User}'. Use TLS ('tls: true').";

    private bool IsThisMachine => Host == "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>
    /// Reads a section with the keys <c>host</c>, <c>port</c>, <c>tls</c> (true unless said), <c>caFile</c>, <c>user</c>,
    /// <c>passwordFile</c>, <c>certificateFile</c> and <c>keyFile</c>.
    /// </summary>
    /// <param name="section">The section.</param>
    /// <param name="plainPort">The port unless one is given, without TLS.</param>
    /// <param name="tlsPort">The port unless one is given, with TLS.</param>
    public static Connection Read(ConfigSection section, int plainPort, int tlsPort)
    {
        ArgumentNullException.ThrowIfNull(section);
        var host = section.Text("host", "write 'host:' and the name or address of the other side");
        var isSecure = section.Flag("tls", fallback: true);
        var port = section.Whole("port", isSecure ? tlsPort : plainPort, 1, 65535);
        var user = section.OptionalText("user");
        var password = section.OptionalSecret("passwordFile");
        var tls = new ConnectionTls(PemFiles.Roots(section, "caFile"), PemFiles.Own(section, "certificateFile", "keyFile"));
        if (!isSecure)
        {
            RejectTlsKeys(section);
        }

        if (user is null && section.Has("passwordFile"))
        {
            section.Error(
                "passwordFile", "'passwordFile' without 'user': MQTT 3.1.1 has no password without a user name", "add 'user:', or remove it");
        }

        section.RejectUnknownKeys();
        return new Connection(host, port, user, password, isSecure ? tls : null);
    }

    private static void RejectTlsKeys(ConfigSection section)
    {
        foreach (var key in TlsKeys.Where(section.Has))
        {
            section.Error(key, $"'{key}' has no meaning with 'tls: false'", "remove it, or write 'tls: true'");
        }
    }
}

/// <summary>Whom a connection trusts, and what it shows.</summary>
/// <param name="Roots">The authorities that the other side's certificate must come from; empty for those of the system.</param>
/// <param name="Certificate">The own certificate with its key; null for none.</param>
public sealed record ConnectionTls(IReadOnlyList<X509Certificate2> Roots, X509Certificate2? Certificate);
