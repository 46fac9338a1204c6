using ColdChain.Core.Rules;

namespace ColdChain.Core.Tests.Rules;

/// <summary>The packs that come with the product.</summary>
internal static class ShippedPack
{
    internal static readonly string[] Ids = ["eu-edqm", "us-aabb-fda", "uk-jpac", "who", "ma"];

    internal static byte[] Bytes(string id) => RepositoryFile.Read($"storage-rules/{id}.json");

    internal static RulePack Read(string id)
    {
        var bytes = Bytes(id);
        return Read(RulePackReader.BaseOf(bytes) is { } basis ? [.. bytes, .. Bytes(basis)] : bytes);
    }

    internal static RulePack Read(byte[] bytes)
    {
        RulePackReader.TryRead(bytes, out var pack, out var errors).Should().BeTrue(string.Join('\n', errors));
        return pack;
    }
}
