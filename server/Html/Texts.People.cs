using ColdChain.Core.People;

namespace ColdChain.Server.Html;

// The words of the pages with forms: signing in, accounts, tokens.
public sealed partial class Texts
{
    public string SignIn => Text();

    public string SignOut => Text();

    public string AccountName => Text();

    public string Password => Text();

    public string SignInFailed => Text();

    public string SignInWait => Text();

    public string AccountTitle => Text();

    public string ChangePassword => Text();

    public string PresentPassword => Text();

    public string NewPassword => Text();

    public string NewPasswordAgain => Text();

    public string PasswordRule => Text();

    public string PasswordMustChange => Text();

    public string PasswordsDiffer => Text();

    public string PeopleTitle => Text();

    public string AddAccount => Text();

    public string DisplayName => Text();

    public string LanguageWord => Text();

    public string Role => Text();

    public string Roles => Text();

    public string Place => Text();

    public string Change => Text();

    public string Grant => Text();

    public string Revoke => Text();

    public string Disable => Text();

    public string Enable => Text();

    public string ResetPassword => Text();

    public string ShownOnce => Text();

    public string DisabledSince => Text();

    public string HasOneTimePassword => Text();

    public string Active => Text();

    public string Tokens => Text();

    public string TokensExplained => Text();

    public string Scopes => Text();

    public string MakeToken => Text();

    public string Nation => Text();

    public string RegionNamed => Text();

    public string SiteNamed => Text();

    public string RoleViewer => Text();

    public string RoleTechnician => Text();

    public string RoleBiomedical => Text();

    public string RoleQuality => Text();

    public string RoleAdmin => Text();

    public string RoleAuditor => Text();

    public string MessageTitle => Text();

    public string ForbiddenExplained => Text();

    public string FormExpired => Text();

    public string StoreFailed => Text();

    public string WallRefused => Text();

    public string FaultNameInvalid => Text();

    public string FaultNameTaken => Text();

    public string FaultNameUnknown => Text();

    public string FaultDisplayInvalid => Text();

    public string FaultGrantInvalid => Text();

    public string FaultLastAdmin => Text();

    public string FaultPasswordShort => Text();

    public string FaultPasswordLong => Text();

    public string FaultPasswordCommon => Text();

    public string FaultPasswordSame => Text();

    public string FaultPasswordWrong => Text();

    public string FaultCodeWrong => Text();

    public string FaultScopeInvalid => Text();

    public string SecondFactor => Text();

    public string SecondFactorExplained => Text();

    public string SecondFactorSet => Text();

    public string SecondFactorNone => Text();

    public string SecondFactorSecret => Text();

    public string SecondFactorAddress => Text();

    public string SecondFactorMake => Text();

    public string Code => Text();

    public string Confirm => Text();

    public string FaultCodeTooOften => Text();

    public string FaultPasswordTooOften => Text();

    public string FaultFactorMissing => Text();

    public string Of(Role role) => role switch
    {
        Core.People.Role.Viewer => RoleViewer,
        Core.People.Role.Technician => RoleTechnician,
        Core.People.Role.Biomedical => RoleBiomedical,
        Core.People.Role.Quality => RoleQuality,
        Core.People.Role.Admin => RoleAdmin,
        Core.People.Role.Auditor => RoleAuditor,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    public string Of(Scope scope) => scope.Kind switch
    {
        ScopeKind.Nation => Nation,
        ScopeKind.Region => Fill(RegionNamed, scope.Name),
        ScopeKind.Site => Fill(SiteNamed, scope.Name),
        _ => throw new ArgumentOutOfRangeException(nameof(scope)),
    };

    public string Of(AccountFault fault) => fault switch
    {
        AccountFault.NameInvalid => FaultNameInvalid,
        AccountFault.NameTaken => FaultNameTaken,
        AccountFault.NameUnknown => FaultNameUnknown,
        AccountFault.DisplayInvalid => FaultDisplayInvalid,
        AccountFault.GrantInvalid => FaultGrantInvalid,
        AccountFault.LastAdmin => FaultLastAdmin,
        AccountFault.PasswordShort => FaultPasswordShort,
        AccountFault.PasswordLong => FaultPasswordLong,
        AccountFault.PasswordCommon => FaultPasswordCommon,
        AccountFault.PasswordSame => FaultPasswordSame,
        AccountFault.PasswordWrong => FaultPasswordWrong,
        AccountFault.CodeWrong => FaultCodeWrong,
        AccountFault.CodeTooOften => FaultCodeTooOften,
        AccountFault.PasswordTooOften => FaultPasswordTooOften,
        AccountFault.FactorMissing => FaultFactorMissing,
        AccountFault.ScopeInvalid => FaultScopeInvalid,
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
