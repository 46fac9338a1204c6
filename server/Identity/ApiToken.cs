using System.Security.Cryptography;
using ColdChain.Server.Store;

namespace ColdChain.Server.Identity;

/// <summary>The one token of the API, made at the first start and kept in the data folder.</summary>
internal sealed class ApiToken(string value)
{
    public string Value { get; } = value;

    public static ApiToken LoadOrCreate(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "api-token");
        if (SecretFile.Read(path)?.Trim() is { Length: > 0 } known)
        {
            return new ApiToken(known);
        }

        var token = SecretFile.NewSecret();
        SecretFile.Write(path, token);
        return new ApiToken(token);
    }

    /// <summary>Compares in a time that does not tell how much of it was right.</summary>
    public bool Matches(string given) =>
        CryptographicOperations.FixedTimeEquals(SecretFile.HashOf(given), SecretFile.HashOf(Value));
}
