using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace ColdChain.Server.Dashboard;

/// <summary>
/// The files that pages load, out of this assembly, so that a program that hosts the server needs no folder of them. An address that
/// carries the hash of the content may be kept for ever; any other is asked about again each time.
/// </summary>
internal sealed class Assets
{
    private const string Prefix = "assets/";
    private const string HashParameter = "v";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain; charset=utf-8",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, Asset> _assets = typeof(Assets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Load);

    public IReadOnlyCollection<string> Names => _assets.Keys;

    /// <summary>The address of an asset, with the hash of its content.</summary>
    public string Address(string name) => $"/{Prefix}{name}?{HashParameter}={_assets[name].Hash}";

    public IResult Get(HttpContext context, string name)
    {
        if (!_assets.TryGetValue(name, out var asset))
        {
            return Results.NotFound();
        }

        var isPinned = context.Request.Query[HashParameter] == asset.Hash;
        context.Response.Headers.CacheControl = isPinned ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(asset.Content, asset.ContentType, entityTag: new EntityTagHeaderValue($"\"{asset.Hash}\""));
    }

    private static Asset Load(string resource)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(resource)!; // The assembly has just named it.
        using var content = new MemoryStream();
        stream.CopyTo(content);
        var bytes = content.ToArray();
        return new Asset(bytes, ContentTypes[Path.GetExtension(resource)], Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
    }

    private sealed record Asset(byte[] Content, string ContentType, string Hash);
}
