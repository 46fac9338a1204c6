namespace ColdChain.Server.Outbound;

/// <summary>Where messages may be sent to besides the public internet, which takes https only.</summary>
/// <param name="OnPremises">
/// Hosts as an address names them, such as <c>bloodbank.local</c> or <c>10.1.2.3</c>: an administrator answers for them. They may have private addresses, and be
/// spoken to without TLS.
/// </param>
internal sealed record OutboundOptions(IReadOnlyList<string> OnPremises)
{
    /// <summary>The public internet alone.</summary>
    public static readonly OutboundOptions PublicOnly = new([]);

    /// <summary>What speaks against sending to an address, with its cure; null when nothing does. What its name resolves to is looked at when it is sent.</summary>
    /// <param name="address">The address.</param>
    public string? Refusal(Uri address) => address switch
    {
        { IsAbsoluteUri: false } or { UserInfo.Length: > 0 } or { Fragment.Length: > 0 } =>
            $"'{address}' is no address to send to. Write it as https://host/path, without user and fragment.",
        { Scheme: "https" } => null,
        { Scheme: "http" } when IsOnPremises(address.IdnHost) => null,
        { Scheme: "http" } => $"'{address}' would be told in clear text. Use https, or name {address.IdnHost} in outbound.onPremises.",
        _ => $"'{address}' is not an address of the web. Use https.",
    };

    /// <summary>True when an administrator answers for a host.</summary>
    /// <param name="host">Its name or address, without port.</param>
    public bool IsOnPremises(string host) => OnPremises.Contains(host.Trim('[', ']'), StringComparer.OrdinalIgnoreCase);
}
