namespace ColdChain.Core.People;

/// <summary>Why something was not done to an account, or to a token. A page says it in its own language.</summary>
public enum AccountFault
{
    /// <summary>A name has 2 to 32 lower-case letters, digits, '.', '-' and '_', a letter first.</summary>
    NameInvalid,

    /// <summary>There is one of that name, or was: a name is never used again.</summary>
    NameTaken,

    /// <summary>There is none of that name.</summary>
    NameUnknown,

    /// <summary>A name for people has 1 to 80 characters, and no control characters.</summary>
    DisplayInvalid,

    /// <summary>It is no role, or no place that the fleet has.</summary>
    GrantInvalid,

    /// <summary>There would be nobody left who manages people.</summary>
    LastAdmin,

    /// <summary>A password has at least 12 characters.</summary>
    PasswordShort,

    /// <summary>A password has at most 128 characters.</summary>
    PasswordLong,

    /// <summary>It is one of those that everybody tries first.</summary>
    PasswordCommon,

    /// <summary>It is the one there is already.</summary>
    PasswordSame,

    /// <summary>The present password is another one.</summary>
    PasswordWrong,

    /// <summary>The code is wrong, too old, or was used.</summary>
    CodeWrong,

    /// <summary>Too many wrong codes: the next one has to wait.</summary>
    CodeTooOften,

    /// <summary>Too many wrong passwords under signatures: the next one has to wait.</summary>
    PasswordTooOften,

    /// <summary>There is no second factor, or its account is disabled.</summary>
    FactorMissing,

    /// <summary>A token has at least one scope, and none that is not known.</summary>
    ScopeInvalid,
}
