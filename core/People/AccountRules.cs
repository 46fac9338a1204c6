using System.Collections.Frozen;
using System.Text;

namespace ColdChain.Core.People;

/// <summary>What names and passwords look like. There are no rules of composition: length is what helps, and a list of what everybody tries.</summary>
public static class AccountRules
{
    /// <summary>The shortest password, in characters.</summary>
    public const int PasswordMin = 12;

    /// <summary>The longest password, in characters: hashing a longer one would be work for nothing.</summary>
    public const int PasswordMax = 128;

    /// <summary>The longest name for people, in characters.</summary>
    public const int DisplayMax = 80;

    private const int NameMin = 2;
    private const int NameMax = 32;

    // Of the usual lists, those long enough to be asked about at all, and what suggests itself here.
    private static readonly FrozenSet<string> Common = FrozenSet.Create(
        "123456789012", "1234567890123", "12345678901234", "123456789123", "1234567890qwerty", "012345678901", "098765432109", "111111111111", "000000000000", "121212121212",
        "123123123123", "123456123456", "abcdefghijkl", "abcd12345678", "aaaaaaaaaaaa", "azertyuiop12", "azertyuiop123", "azertyuiopqs", "qwertyuiop12", "qwertyuiop123",
        "qwertyuiopas", "qwerty123456", "azerty123456", "asdfghjkl123", "1q2w3e4r5t6y", "1qaz2wsx3edc", "qazwsxedcrfv", "password1234", "password12345", "password123456",
        "passwordpassword", "motdepasse12", "motdepasse123", "motdepasse1234", "motdepassemotdepasse", "administrator", "administrateur", "adminadminadmin", "admin1234567", "admin12345678",
        "letmeinletmein", "welcome12345", "welcome123456", "bienvenue123", "bienvenue1234", "bonjourbonjour", "iloveyou1234", "iloveyouiloveyou", "changemechangeme", "changeme1234",
        "casablanca123", "marocmaroc123", "bloodbank123", "bloodbank1234", "banquedesang", "banquedesang1", "transfusion1", "transfusion123", "coldchain123", "coldchain1234",
        "coldchaincoldchain", "refrigerateur");

    /// <summary>Whether a name is one: it stands in events for ever, in one spelling.</summary>
    /// <param name="name">The name of an account or token.</param>
    public static bool IsName(string? name) =>
        name is { Length: >= NameMin and <= NameMax } && char.IsAsciiLetterLower(name[0]) && name.All(one => char.IsAsciiLetterLower(one) || char.IsAsciiDigit(one) || one is '.' or '-' or '_');

    /// <summary>Whether a name for people is one.</summary>
    /// <param name="display">The name.</param>
    public static bool IsDisplay(string? display) => !string.IsNullOrWhiteSpace(display) && display.Length <= DisplayMax && !display.Any(char.IsControl);

    /// <summary>What speaks against a new password; null for nothing.</summary>
    /// <param name="password">The password as typed: nothing of it is cut or changed.</param>
    /// <param name="account">The account's name, which is no password of it.</param>
    public static AccountFault? PasswordFault(string password, string account) => password.Length switch
    {
        < PasswordMin => AccountFault.PasswordShort,
        > PasswordMax => AccountFault.PasswordLong,
        _ when IsCommon(password.Normalize(NormalizationForm.FormKC).ToLowerInvariant(), account) => AccountFault.PasswordCommon,
        _ => null,
    };

    private static bool IsCommon(string password, string account) =>
        Common.Contains(password) || password.Distinct().Count() < 4 || password.Replace(account, "", StringComparison.Ordinal).Length < 4;
}
