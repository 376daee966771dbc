//! How real targets misbehave: each way has a name and can be switched on by itself.

mod chosen;
mod profile;

pub use self::chosen::Quirks;
pub use self::profile::Profile;

/// Declares the quirks, topic by topic: the one place that says what there is. A summary is also
/// the documentation of its variant.
macro_rules! quirks {
    ($($(#[$about:meta])* $topic:ident = $title:literal {
        $($variant:ident = $name:literal: $summary:literal,)+
    })+) => {
        /// What a quirk is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Topic { $($(#[$about])* $topic),+ }

        impl Topic {
            /// All of them, in the order in which they are shown.
            pub const ALL: [Self; [$($title),+].len()] = [$(Self::$topic),+];

            /// A heading.
            #[must_use]
            pub fn title(self) -> &'static str {
                match self { $(Self::$topic => $title),+ }
            }
        }

        /// One way in which a service provider departs from RFC 7644, or one condition it can be in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Quirk { $($(#[doc = $summary] $variant),+),+ }

        impl Quirk {
            /// All of them, topic by topic, in the order in which they are shown.
            pub const ALL: [Self; [$($($name),+),+].len()] = [$($(Self::$variant),+),+];

            /// A short name that does not change, for addresses and files.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $($(Self::$variant => $name),+),+ }
            }

            /// One sentence for an administrator.
            #[must_use]
            pub fn summary(self) -> &'static str {
                match self { $($(Self::$variant => $summary),+),+ }
            }

            /// What it is about.
            #[must_use]
            pub fn topic(self) -> Topic {
                match self { $($(Self::$variant)|+ => Topic::$topic),+ }
            }
        }
    };
}

quirks! {
    /// Whom a search finds (RFC 7644 section 3.4.2.2).
    Searching = "Searching" {
        FilterIgnored = "filter-ignored":
            "Answers every search with everybody, whatever the filter says.",
        FilterNotImplemented = "filter-not-implemented":
            "Answers 501 to a search with a filter.",
        FilterRefused = "filter-refused":
            "Answers 400 `invalidFilter` to a search with a filter.",
        NotFoundForNoMatch = "not-found-for-no-match":
            "Answers 404 to a search that finds nobody.",
        CaseSensitiveUserName = "case-sensitive-user-name":
            "Finds a userName only in the same upper and lower case, yet refuses a second one in any case.",
        UrnFilterFindsNobody = "urn-filter-finds-nobody":
            "Finds nobody by an attribute of an extension, or by one that is written with its URN.",
        UrnRequired = "urn-required":
            "Knows an attribute of an extension by its full URN only: `manager` alone finds nobody, and PATCH refuses it with 400 `invalidPath`.",
        UnknownAttributeInFilterRefused = "unknown-attribute-in-filter-refused":
            "Refuses a filter on an attribute that it does not know with 400 `invalidFilter`.",
        FilterWithoutValueAccepted = "filter-without-value-accepted":
            "Takes a filter that lacks its value, such as `userName eq`, for one with an empty value.",
        EscapedQuoteRefused = "escaped-quote-refused":
            "Refuses a filter whose value holds a quotation mark, written `\\\"`, with 400 `invalidFilter`.",
        FragileValueFilter = "fragile-value-filter":
            "Refuses a filter into a list or an object, such as `emails[type eq \"work\"].value`, with 400 `invalidValue` while a stored resource lacks it.",
        MatchDoubled = "match-doubled":
            "Lists whoever is found alone a second time, under another id.",
        InactiveHidden = "inactive-hidden":
            "Finds no user whose active is false, and answers 404 to reading one; the userName stays taken.",
        AttributesRefused = "attributes-refused":
            "Refuses a request that names attributes, the ones to be returned, with 400 `invalidValue`.",
        ExcludedAttributesIgnored = "excluded-attributes-ignored":
            "Returns the members of a group although excludedAttributes names them.",
    }

    /// How what is found comes in pages (RFC 7644 section 3.4.2.4).
    Paging = "Paging and order" {
        PageRepeated = "page-repeated":
            "Answers every page with the first page.",
        PageGap = "page-gap":
            "Leaves out the first resource of every page but the first; totalResults counts it.",
        PageOverlap = "page-overlap":
            "Begins every page but the first with the last resource of the page before.",
        TotalMoving = "total-moving":
            "Tells one more in totalResults with every further page.",
        TotalOfPage = "total-of-page":
            "Tells in totalResults how many resources the page holds instead of how many there are.",
        LastLost = "last-lost":
            "Never lists the last resource; totalResults counts it.",
        CountCapped = "count-capped":
            "Puts 30 resources on a page at most, whatever count says.",
        PageOfTwenty = "page-of-twenty":
            "Cuts a list at 20 resources when the request names no count.",
        PageUnlimited = "page-unlimited":
            "Puts everybody on one page unless the request names a count.",
        StartPastEndWraps = "start-past-end-wraps":
            "Begins again with the first resource when startIndex lies past the end.",
        OrderById = "order-by-id":
            "Lists by id, and not as created, when the request names no sortBy.",
        OrderChanging = "order-changing":
            "Lists in another order at every request when it names no sortBy.",
    }

    /// New resources (RFC 7644 section 3.3).
    Creating = "Creating" {
        CreateWithoutId = "create-without-id":
            "Leaves the id out of the answer to a create.",
        CreateWithoutLocation = "create-without-location":
            "Leaves the header Location out of the answer to a create.",
        EmailRequired = "email-required":
            "Refuses a user without an e-mail with 400 `invalidValue`.",
        DuplicatesAccepted = "duplicates-accepted":
            "Accepts a second user of the same userName.",
        UserNameLowered = "user-name-lowered":
            "Stores a userName in lower case, however it was sent.",
        UnknownAttributeRefused = "unknown-attribute-refused":
            "Refuses a document with an attribute that it does not know with 400 `invalidSyntax`.",
        UnknownSchemaRefused = "unknown-schema-refused":
            "Refuses a document whose schemas name a URN that it does not know, such as Entra's second one of groups, with 400 `invalidSyntax`.",
        BodyUnlimited = "body-unlimited":
            "Takes a body of any size.",
    }

    /// Changes and deletions (RFC 7644 sections 3.5 and 3.6).
    Changing = "Changing and deleting" {
        PatchRefused = "patch-refused":
            "Answers 501 to PATCH: resources are changed by PUT alone.",
        PatchWithoutEffect = "patch-without-effect":
            "Answers 204 to PATCH and changes nothing.",
        PatchReturnsUnchanged = "patch-returns-unchanged":
            "Answers 200 to PATCH with the resource as it was, and changes nothing.",
        PatchWithoutBody = "patch-without-body":
            "Answers a PATCH that worked with 204 and without the resource.",
        TextBooleansRefused = "text-booleans-refused":
            "Refuses a boolean that is sent as the text \"True\" or \"False\".",
        CapitalOperationsRefused = "capital-operations-refused":
            "Refuses the operations Add, Replace and Remove in capitals with 400 `invalidSyntax`.",
        FilteredKeyRefused = "filtered-key-refused":
            "Refuses a key such as `emails[type eq \"work\"].value` in a PATCH without path with 400 `invalidValue`.",
        MissingElementRefused = "missing-element-refused":
            "Refuses to write `emails[type eq \"work\"].value` while there is no such e-mail with 400 `noTarget`.",
        MissingManagerRefused = "missing-manager-refused":
            "Refuses to write the `manager.value` of somebody who has no manager with 400 `noTarget`.",
        PlainManagerRefused = "plain-manager-refused":
            "Refuses a manager that is sent as a plain id or in a list with 400 `invalidValue`.",
        IfMatchIgnored = "if-match-ignored":
            "Changes a resource although If-Match names an old version.",
        DeletedKeptInactive = "deleted-kept-inactive":
            "Keeps a user who is deleted, with active false; the userName stays taken.",
    }

    /// Groups and their members (RFC 7643 section 4.2).
    Groups = "Groups" {
        UnknownMembersAccepted = "unknown-members-accepted":
            "Accepts members who do not exist.",
        MemberListedTwice = "member-listed-twice":
            "Lists a member who is added again twice.",
        MemberListRefused = "member-list-refused":
            "Refuses to remove members that are named by a list as value with 400 `invalidValue`.",
        MemberListRemovesAll = "member-list-removes-all":
            "Removes all members where a list as value names some.",
    }

    /// What successes look like (RFC 7644 sections 3.1 and 3.14).
    Answers = "Answers" {
        NotAList = "not-a-list":
            "Answers a search with one bare resource instead of a list.",
        EmptyBody = "empty-body":
            "Answers successes without a body.",
        HtmlBody = "html-body":
            "Answers with an HTML page that is labelled application/scim+json.",
        ReferencesAsText = "references-as-text":
            "Returns members and the manager as plain ids instead of objects with a value.",
        MetaVersionMissing = "meta-version-missing":
            "Returns resources without meta.version.",
        EtagMissing = "etag-missing":
            "Answers without the header ETag, and does not heed If-None-Match.",
        MediaTypeJson = "media-type-json":
            "Labels what it answers application/json.",
        MediaTypeHtml = "media-type-html":
            "Labels what it answers text/html.",
        MediaTypeCharset = "media-type-charset":
            "Adds a charset to the media type of what it answers.",
    }

    /// Who is let in, and for what (RFC 7644 section 2).
    Access = "Access" {
        Redirect = "redirect":
            "Redirects every request to another address (302).",
        ExpiredToken = "expired-token":
            "Says that the token has expired (401).",
        ChallengeMissing = "challenge-missing":
            "Answers 401 without the header WWW-Authenticate.",
        Forbidden = "forbidden":
            "Says that the token may not do this (403).",
        CreateForbidden = "create-forbidden":
            "Lets the token read and change, but not create (403).",
        ChangeForbidden = "change-forbidden":
            "Lets the token read and create, but not change or delete (403).",
        MethodBeforeToken = "method-before-token":
            "Answers 405 to a method that it does not know without asking for the token.",
    }

    /// Errors, and how they are told (RFC 7644 section 3.12).
    Failures = "Failures" {
        Throttled = "throttled":
            "Answers every nth request with 429 and asks to wait.",
        ThrottledUntilDate = "throttled-until-date":
            "Asks every nth request to wait until a date: 429 with an HTTP date in Retry-After.",
        ServerFault = "server-fault":
            "Answers every nth request with 500.",
        Slow = "slow":
            "Takes its time over every answer.",
        ErrorInOtherJson = "error-in-other-json":
            "Tells errors as `{\"message\": …}` instead of in SCIM's form.",
        ErrorAsHtml = "error-as-html":
            "Tells errors as an HTML page.",
        ErrorWithoutBody = "error-without-body":
            "Tells errors by their status alone, without a body.",
        BrokenJsonUntyped = "broken-json-untyped":
            "Answers 400 without a scimType to a body that is not JSON.",
    }

    /// What the service says about itself (RFC 7644 section 4).
    Discovery = "Discovery" {
        DiscoveryMissing = "discovery-missing":
            "Answers 404 to /ServiceProviderConfig, /Schemas and /ResourceTypes.",
        DiscoveryNeedsToken = "discovery-needs-token":
            "Asks for the token at /ServiceProviderConfig too.",
        DiscoveryOpen = "discovery-open":
            "Shows /Schemas and /ResourceTypes without a token.",
    }
}

impl Quirk {
    /// The quirk of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|quirk| quirk.name() == name)
    }
}
