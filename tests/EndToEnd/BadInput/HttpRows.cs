using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace ColdChain.EndToEnd.Tests.BadInput;

/// <summary>What is wrong with requests; the answer tells.</summary>
internal static class HttpRows
{
    private static readonly string Contents = $"/api/v1/units/{SceneFleet.UnitOf(SceneFleet.Speaker)}/contents";

    public static IReadOnlyList<BadInputRow> All { get; } =
    [
        new("no token", scene => scene.ProblemAsync(401, HttpMethod.Get, "/api/v1/units", withToken: false), "Authorization", "brings no API token", "send the header 'Authorization: Bearer"),
        new("blood unit with a wrong check character", scene => scene.ProblemAsync(400, HttpMethod.Post, Contents, Json("{\"donation\":\"W000026000002A\",\"product\":\"RBC\"}")), "donation", "does not fit its check character", "read the label again"),
        new("blood unit that is elsewhere", scene => scene.ProblemAsync(409, HttpMethod.Post, Contents, Json("{\"donation\":\"W000026000001F\",\"product\":\"RBC\"}")), "in", $"was in storage unit {SceneFleet.UnitOf(SceneFleet.Warm)}", "when it left there"),
        new("bad JSON over HTTP", scene => scene.ProblemAsync(400, HttpMethod.Post, Contents, Json("{\"donation\":")), "request", "Path: $.donation", "send what docs/api.md shows"),
        new("10 MB over HTTP", scene => scene.ProblemAsync(413, HttpMethod.Post, Contents, Json($"{{\"donation\":\"{new string('x', 10 * 1024 * 1024)}\"}}")), "request", "body is larger than 65536 bytes", "send what docs/api.md shows"),
        new("gzip bomb over HTTP", scene => scene.ProblemAsync(400, HttpMethod.Post, Contents, Bomb()), "request", "'0x1F' is an invalid start of a value", "send what docs/api.md shows"),
        new("end of the calendar", scene => scene.ProblemAsync(400, HttpMethod.Get, $"/api/v1/readings?unit={SceneFleet.UnitOf(SceneFleet.Warm)}&from=9999-12-30T00:00:00Z&to=9999-12-31T00:00:00Z"), "from", "is no date and time", "write one such as 2026-11-22T08:00:00Z"),
    ];

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    // Ten million zeros in ten thousand bytes.
    private static ByteArrayContent Bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(new byte[10 * 1024 * 1024]);
        }

        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
