using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ColdChain.Server.Tests.Api;

/// <summary>One example of the document: a curl command, the status and the answer that it shows.</summary>
internal sealed partial record DocumentedExample(int Line, HttpMethod Method, string Url, string? Body, string Type, bool BringsToken, int Status, JsonNode Answer)
{
    /// <summary>The examples in their order: a <c>sh</c> block with a curl command, a line "Answer 200:", a <c>json</c> block.</summary>
    public static IReadOnlyList<DocumentedExample> ReadAll(string markdown) =>
    [
        .. Form().Matches(markdown).Select(match => Read(
            1 + markdown[..match.Index].Count(character => character == '\n'),
            Words(match.Groups["command"].Value.Replace("\\\n", " ", StringComparison.Ordinal)),
            int.Parse(match.Groups["status"].Value, CultureInfo.InvariantCulture),
            match.Groups["answer"].Value)),
    ];

    /// <summary>How many curl commands the document shows, in whatever form.</summary>
    public static int CountCommands(string markdown) => Regex.Count(markdown, "^curl ", RegexOptions.Multiline);

    public HttpRequestMessage Request(ServedScene server)
    {
        var request = new HttpRequestMessage(Method, Url.Replace("$SERVER", server.App.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));
        request.Headers.Authorization = BringsToken ? new("Bearer", server.App.Token.Value) : null;
        request.Content = Body is null ? null : new StringContent(Body, Encoding.UTF8, Type);
        return request;
    }

    private static DocumentedExample Read(int line, List<string> words, int status, string answer)
    {
        var (method, url, body, type, bringsToken) = (HttpMethod.Get, "", (string?)null, "application/json", false);
        for (var i = 1; i < words.Count; i++)
        {
            switch (words[i])
            {
                case "-d":
                    (method, body) = (HttpMethod.Post, words[++i]);
                    break;
                case "-H":
                    bringsToken |= words[++i] == "$AUTH";
                    type = words[i].StartsWith("Content-Type: ", StringComparison.Ordinal) ? words[i]["Content-Type: ".Length..] : type;
                    break;
                case var word when word.StartsWith("$SERVER/", StringComparison.Ordinal):
                    url = word;
                    break;
                case var word:
                    throw new FormatException($"Line {line}: the example uses {word}, which this test does not know. Teach it, or write the example without.");
            }
        }

        return new DocumentedExample(line, method, url, body, type, bringsToken, status, JsonNode.Parse(answer)!); // An example shows an answer.
    }

    // Words of a shell: bare, or in quotes of either kind.
    private static List<string> Words(string command) =>
        [.. Word().Matches(command).Select(match => match.Groups.Cast<Group>().Skip(1).First(group => group.Success).Value)];

    [GeneratedRegex(@"^```sh\n(?<command>curl (?:[^`])*?)\n```\n+Answer (?<status>\d{3}):\n+```json\n(?<answer>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""'([^']*)'|"([^"]*)"|([^\s'"]+)""")]
    private static partial Regex Word();
}
