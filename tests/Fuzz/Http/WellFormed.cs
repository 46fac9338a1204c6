using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ColdChain.Fuzz.Tests.Http;

/// <summary>
/// Tells requests that any server must be able to read from those that the web server may turn away before the application sees them. It is
/// strict: only a request in which nothing is unusual must be answered in the application's own words.
/// </summary>
internal static partial class WellFormed
{
    private const int HeadMax = 4096;
    private const int BodyMax = 200 * 1024; // So large that the server has read all that it is sent, and too large for its limit.

    /// <summary>The path of the request; null when it is not well formed.</summary>
    public static string? PathOf(byte[] request)
    {
        var end = request.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end is < 0 or > HeadMax)
        {
            return null;
        }

        var lines = Encoding.Latin1.GetString(request, 0, end).Split("\r\n");
        var first = RequestLine().Match(lines[0]);
        return first.Success && IsHead(lines, out var bodyLength) && bodyLength == request.Length - end - 4 && bodyLength <= BodyMax ? first.Groups["path"].Value : null;
    }

    private static bool IsHead(string[] lines, out int bodyLength)
    {
        bodyLength = 0;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            if (Header().Match(line) is not { Success: true } header || !names.Add(header.Groups["name"].Value)
                || (header.Groups["name"].Value.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
                    && !int.TryParse(header.Groups["value"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out bodyLength)))
            {
                return false;
            }
        }

        return lines.Contains("Host: localhost");
    }

    // Escapes only of characters that may stand in a path.
    [GeneratedRegex(@"^(GET|POST|PUT|DELETE|PATCH|OPTIONS) (?<path>/([A-Za-z0-9._~\-/]|%2[0-9A-E]|%[3-6][0-9A-F]|%C3%[89AB][0-9A-F])*)(\?([A-Za-z0-9._~\-/=&+:]|%[0-9A-F]{2})*)? HTTP/1\.1$")]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"^(?<name>Host|Authorization|Accept|Accept-Language|Content-Type|Content-Length|User-Agent|If-None-Match|Cookie): (?<value>[!-~]([ -~]*[!-~])?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Header();
}
