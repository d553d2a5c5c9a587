// Made from openapi.json by `npm run api`. Not for editing.
export interface paths {
    "/api/c/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a candidate sees. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CandidateView"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/c/{token}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events `change`: what a candidate sees, at once, at every change, and at every beat. Ends with the link. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": components["schemas"]["CandidateView"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/c/{token}/{which}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Commands of a candidate. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                    which: "room" | "tutorial";
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SentCommands"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ActedCommands"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/c/{token}/{which}/dead": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages that were put aside. */
        get: {
            parameters: {
                query: {
                    group: string;
                    /** @description As it was at another moment; for the panel. */
                    v?: number;
                };
                header?: never;
                path: {
                    token: string;
                    which: "room" | "tutorial";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeadLetters"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/c/{token}/{which}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events `hello`, then `frame`. Ends with the link. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                    which: "room" | "tutorial";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": components["schemas"]["Hello"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/c/{token}/{which}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lines of logs, as the services write them. */
        get: {
            parameters: {
                query?: {
                    service?: string;
                    /** @description `info`, `warn`, `error`: this and what is worse. */
                    level?: string;
                    text?: string;
                    key?: string;
                    limit?: number;
                    /** @description As it was to be seen at another moment; for the panel. */
                    v?: components["schemas"]["u64"];
                };
                header?: never;
                path: {
                    token: string;
                    which: "room" | "tutorial";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Logs"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/c/{token}/{which}/options/{decision}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A decision's options, after an answer in words or after they were asked for. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                    which: "room" | "tutorial";
                    decision: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Options"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/c/{token}/{which}/pad": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shared text of a room, and its revision. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                    which: "room" | "tutorial";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Pad"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Writes the shared text over the revision that it was made from. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                    which: "room" | "tutorial";
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WritePad"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Pad"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/c/{token}/{which}/part": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One part of the system as its operator's tools show it. */
        get: {
            parameters: {
                query: {
                    /** @description The box's place in the picture. */
                    box: number;
                    /** @description As it was at another moment; for the panel. */
                    v?: number;
                };
                header?: never;
                path: {
                    token: string;
                    which: "room" | "tutorial";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PartNow"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/c/{token}/{which}/traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Traces, as the team's instruments have them. */
        get: {
            parameters: {
                query?: {
                    /** @description `order = 8123`, `order 8123`, `8123`. */
                    key?: string;
                    service?: string;
                    /** @description Only those in which something went wrong. */
                    errors?: boolean;
                    /** @description Only what took at least so long. */
                    min_ms?: number;
                    limit?: number;
                    /** @description As it was to be seen at another moment; for the panel. */
                    v?: components["schemas"]["u64"];
                };
                header?: never;
                path: {
                    token: string;
                    which: "room" | "tutorial";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Traces"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Loads the sample: one opening, three candidates, complete records. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LoadedDemo"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Removes the sample in one step; nothing else is touched. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Done"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a drill can be held over, with a plan or without, and the drills that you are in. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Drills"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Opens a drill. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewDrill"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Drill"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drills/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A drill, for whoever has its address. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Drill"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drills/{id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Commands of an operator, in the log under their name. Where nobody leads they also set the speed and end it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SentCommands"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ActedCommands"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drills/{id}/dead": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages that were put aside. */
        get: {
            parameters: {
                query: {
                    group: string;
                    /** @description As it was at another moment; for the panel. */
                    v?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeadLetters"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drills/{id}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events `hello`, then `frame`, as a candidate has them. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": components["schemas"]["Hello"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drills/{id}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lines of logs, as the services write them. */
        get: {
            parameters: {
                query?: {
                    service?: string;
                    /** @description `info`, `warn`, `error`: this and what is worse. */
                    level?: string;
                    text?: string;
                    key?: string;
                    limit?: number;
                    /** @description As it was to be seen at another moment; for the panel. */
                    v?: components["schemas"]["u64"];
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Logs"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drills/{id}/options/{decision}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A decision's options, once somebody has answered it or asked for them. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    decision: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Options"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drills/{id}/pad": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shared text of a drill, and its revision. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Pad"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Writes the shared text over the revision that it was made from. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WritePad"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Pad"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drills/{id}/part": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One part of the system as its operator's tools show it. */
        get: {
            parameters: {
                query: {
                    /** @description The box's place in the picture. */
                    box: number;
                    /** @description As it was at another moment; for the panel. */
                    v?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PartNow"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drills/{id}/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Joins a drill as one of its operators; again changes nothing. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Drill"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drills/{id}/traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Traces, as the team's instruments have them. */
        get: {
            parameters: {
                query?: {
                    /** @description `order = 8123`, `order 8123`, `8123`. */
                    key?: string;
                    service?: string;
                    /** @description Only those in which something went wrong. */
                    errors?: boolean;
                    /** @description Only what took at least so long. */
                    min_ms?: number;
                    limit?: number;
                    /** @description As it was to be seen at another moment; for the panel. */
                    v?: components["schemas"]["u64"];
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Traces"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server and its database answer. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Done"];
                    };
                };
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/interviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Interviews that were held or are under way and whose loops you may see, newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InterviewListRow"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Begins an interview without an opening. A candidate and an opening can be attached before scoring. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewInterviewRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MadeInterview"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/interviews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One interview with its record. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Interview"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Sets dates and people. What is left out stays. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["InterviewChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LoopView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/interviews/{id}/attach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Attaches an interview that was held alone to a candidate, before anybody scored it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AttachTo"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AttachedTo"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/interviews/{id}/call-off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Calls off an interview that was planned and never began: nothing of it is awaited any more, and its candidate's links
         *     open nothing. Logged, shown, and not undone.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LoopView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/interviews/{id}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Writes into the record. An id that was sent before is not written twice. What is answered with a place is on disk. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SentEntries"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EntriesAnswer"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/interviews/{id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a link for the candidate: no account, expires, can be revoked. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewLink"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MadeLink"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/interviews/{id}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revokes a candidate's link at once. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    link: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Done"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/interviews/{id}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events `change`: at once, at every change, and at every beat. The stream ends when the right to read does. */
        get: {
            parameters: {
                query?: {
                    /** @description The last place that the client has. */
                    after?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": components["schemas"]["Change"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/interviews/{id}/pencil": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Pencils a level: a private draft that nobody else gets. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PencilMark"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Done"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/interviews/{id}/preread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pre-read of one interview, for people in it and whoever plans it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Preread"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/interviews/{id}/room": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Opens a room for an interview; one that is there already is answered with. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewRoomRequest"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RoomRef"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All invitations, newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Invitation"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Makes an invitation link. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewInvitation"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MadeInvitation"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes an invitation back. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Done"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/join/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an invitation offers. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["InvitationOffer"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Makes an account from an invitation. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewAccount"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhoAmI"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/kit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The kit, whole. */
        get: {
            parameters: {
                query?: {
                    /** @description The version that a record is stamped with; today's when left out. */
                    hash?: string;
                    /** @description With this scenario's plan in the place of what its areas ask by themselves: how an interview over it reads the kit. */
                    scenario?: string;
                    /** @description With what every plan asks and listens for beside the areas' own: how pages over several interviews read it. */
                    all_plans?: boolean;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Kit"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/kit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prints the kit, an area, a role pack, a scenario's plan, or an opening's plan. */
        get: {
            parameters: {
                query: {
                    /** @description html, pdf, md, csv or json. */
                    to: string;
                    area?: string;
                    pack?: string;
                    seniority?: string;
                    opening?: string;
                    /** @description A scenario's plan. */
                    plan?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": unknown;
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/kit/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The JSON Schema of the JSON export. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A JSON Schema */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/schema+json": unknown;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/loops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Loops that you may see, newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LoopRow"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/loops/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One loop. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LoopView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Corrects a candidate's name or code. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["LoopChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LoopView"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/loops/{id}/debrief": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The debrief of a loop; while scorecards are due, only who is awaited. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Debrief"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/loops/{id}/debrief/exception": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Opens a debrief before all scorecards are in. Logged, shown, and not undone. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Debrief"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/loops/{id}/debrief/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Marks an item of the agenda as visited, or waives it with a reason. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Visit"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Debrief"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/loops/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Records the decision; earlier ones stay beside it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewDecision"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Debrief"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/loops/{id}/dissents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds a dissent, which stands beside the decision. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewDissent"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Debrief"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/loops/{id}/excuses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Excuses somebody from their scorecard: nobody waits for it any more. They may still write it, and see nothing of the
         *     others before. Logged, shown, and not undone.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewExcuse"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Debrief"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/loops/{id}/scorecard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your scorecard of a loop. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MyScorecard"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/loops/{id}/scorecard/amend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Amends a submitted area; both versions are kept and shown. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WrittenAmendment"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MyScorecard"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/loops/{id}/scorecard/areas/{area}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Writes one area of a draft. When another tab wrote in between, the answer is 409 with what stands now. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    area: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WrittenArea"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MyScorecard"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/loops/{id}/scorecard/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Submits. From here on changes are amendments. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MyScorecard"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is asking. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhoAmI"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes your own password. Every other session of yours ends. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PasswordChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhoAmI"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Openings that you may see. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StartOpening"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Writes a new opening, with the bar and the plan that its role pack proposes. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewOpening"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Opening"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One opening. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Opening"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Renames an opening, closes it, or opens it again. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OpeningChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Opening"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/openings/{id}/bar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Writes the bar, or changes it with a reason. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WrittenBar"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Opening"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openings/{id}/loops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds a candidate: a loop with one interview for each session of the plan. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewCandidate"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MadeLoop"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openings/{id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes the plan. Candidates added from then on are planned by it; interviews that exist stay as they are. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WrittenPlan"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Opening"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody with an account. Addresses and closed accounts are shown to administrators. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Person"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a role, or closes and opens an account. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PersonChange"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Person"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/people/{id}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a link with which somebody chooses a new password. An earlier one no longer opens. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MadeReset"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/reset/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whose password a link sets. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ResetOffer"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Sets a new password by a link, once, and signs in. Every session of that person ends. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewPassword"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhoAmI"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms/{id}/takes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A room's takes, the first one first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RoomTakes"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/scenarios/{id}/variations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The variations of a running scenario of the kit. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ScenarioVariation"][];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs in. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Credentials"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhoAmI"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Signs out, here only. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Done"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes the first account, which invites the others. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewAccount"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WhoAmI"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the start page shows. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Start"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/takes/{id}/again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Another take from the start, with the same customers. Whoever is in the room moves there. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MadeTake"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/takes/{id}/at": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that was to be seen at a moment, whole. */
        get: {
            parameters: {
                query: {
                    /** @description Nanoseconds of virtual time. */
                    v: number;
                    /** @description The last command that counts; all at that moment when it is left out. */
                    seq?: number;
                    /** @description How many rows of samples are there already. */
                    rows?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PanelFrame"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/takes/{id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Commands of the panel. What is answered with a place is on disk; an id that was sent before is not written twice. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SentCommands"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ActedCommands"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/takes/{id}/dead": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages that were put aside. */
        get: {
            parameters: {
                query: {
                    group: string;
                    /** @description As it was at another moment; for the panel. */
                    v?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeadLetters"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/takes/{id}/forks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Another take of the same room, which goes on from a moment of this one: the same customers, other decisions. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ForkAt"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MadeTake"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/takes/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One customer's history until now: true beside visible. */
        get: {
            parameters: {
                query: {
                    /** @description The number of an arrival. */
                    serial: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["History"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/takes/{id}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events `hello`, then `frame`: at most ten a second, each with what changed. The stream ends when the right to read does. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": components["schemas"]["Hello"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/takes/{id}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lines of logs, as the services write them. */
        get: {
            parameters: {
                query?: {
                    service?: string;
                    /** @description `info`, `warn`, `error`: this and what is worse. */
                    level?: string;
                    text?: string;
                    key?: string;
                    limit?: number;
                    /** @description As it was to be seen at another moment; for the panel. */
                    v?: components["schemas"]["u64"];
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Logs"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/takes/{id}/options/{decision}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A decision's options. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    decision: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Options"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/takes/{id}/pad": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shared text of a room, and its revision. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Pad"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Writes the shared text over the revision that it was made from. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WritePad"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Pad"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/takes/{id}/part": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One part of the system as its operator's tools show it. */
        get: {
            parameters: {
                query: {
                    /** @description The box's place in the picture. */
                    box: number;
                    /** @description As it was at another moment; for the panel. */
                    v?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PartNow"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/takes/{id}/spread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Asking begins it; ask again until all are done. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SpreadAnswer"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/takes/{id}/story": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened in a room, in words and numbers. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RoomStory"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/takes/{id}/traces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Traces, as the team's instruments have them. */
        get: {
            parameters: {
                query?: {
                    /** @description `order = 8123`, `order 8123`, `8123`. */
                    key?: string;
                    service?: string;
                    /** @description Only those in which something went wrong. */
                    errors?: boolean;
                    /** @description Only what took at least so long. */
                    min_ms?: number;
                    limit?: number;
                    /** @description As it was to be seen at another moment; for the panel. */
                    v?: components["schemas"]["u64"];
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Traces"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/takes/{id}/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What would have come of other decisions. Nothing is kept of it. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WhatIf"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Futures"];
                    };
                };
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What became of it: its place, or why it came to nothing. */
        Acted: {
            id: string;
            rejected: string | null;
            /** Format: int64 */
            seq: number | null;
            /** Format: int64 */
            v: number | null;
        };
        ActedCommands: {
            results: components["schemas"]["Acted"][];
        };
        /** @enum {string} */
        AgendaItemId: "differ" | "not_assessed" | "bar" | "deviations";
        AgendaItemSaid: {
            count: number;
            id: components["schemas"]["AgendaItemId"];
            lines: string[];
            title: string;
            visited: components["schemas"]["AgendaMarkSaid"] | null;
            waived: components["schemas"]["AgendaMarkSaid"] | null;
        };
        AgendaMarkSaid: {
            at: components["schemas"]["At"];
            by: string;
            reason: string | null;
        };
        /** @description One phase of an interview as it is planned. */
        AgendaPhase: {
            aim: string;
            area: string;
            /** @description Ids of exercises worked on here. */
            exercises: string[];
            /** @description Ids of the follow-ups planned for this interview that fit this phase; one that fits several stands in each. */
            follow_ups: string[];
            /** @description Three, from faint to plain. */
            hints: string[];
            /** @description `<area>/<phase>`. */
            id: string;
            /** Format: int32 */
            minutes: number;
            /** @description Ids of the prompts read here. */
            prompts: string[];
            title: string;
        };
        /** @description An alert that was bought. */
        AlertSeen: {
            fired: components["schemas"]["u64"][];
            firing: boolean;
            name: string;
            says: string;
            since: components["schemas"]["u64"] | null;
        };
        /** @description A change after submission. Both versions are kept and shown. */
        Amendment: {
            after: components["schemas"]["AreaScore"];
            area: string;
            /** Format: date-time */
            at: string;
            before: components["schemas"]["AreaScore"];
            reason: string;
        };
        AmendmentSaid: {
            after: components["schemas"]["AreaScore"];
            area: string;
            at: components["schemas"]["At"];
            before: components["schemas"]["AreaScore"];
            reason: string;
            who: string;
        };
        /** @description How a decision is answered. */
        Answer: {
            option: string;
        } | {
            /** @description As people write it: `2s`. */
            value: string;
        } | {
            /** @description None of those offered; the words say what. */
            something_else: boolean;
        };
        /** @description One of the seven areas, complete enough to hold an interview from. */
        Area: {
            /** @description Exercises on material that belong here. */
            exercises: string[];
            facts: components["schemas"]["Facts"];
            follow_ups: components["schemas"]["FollowUp"][];
            /** @description One line for lists: the situation, not the topic. */
            hook: string;
            id: string;
            impact: components["schemas"]["Impact"];
            /** @description The area's line in the debrief. */
            line: components["schemas"]["Line"];
            mini_case: components["schemas"]["MiniCase"];
            /**
             * Format: int32
             * @description 1 to 7, the place in `Kit::areas`.
             */
            number: number;
            phases: components["schemas"]["Phase"][];
            prompts: components["schemas"]["Prompt"][];
            red_flags: components["schemas"]["RedFlag"][];
            rubric: components["schemas"]["Rubric"];
            scenarios: string[];
            /** @description The title where room is short. */
            short: string;
            /** @description At most nine: one key each. */
            signals: components["schemas"]["Signal"][];
            sound_answer: components["schemas"]["SoundAnswer"];
            summary: string;
            title: string;
            voices: components["schemas"]["Voices"][];
        };
        AreaHeard: {
            area: string;
            heard: boolean;
        };
        AreaOfOthers: {
            area: string;
            who: string[];
        };
        /** @description One area of a scorecard. `decided` without a level means *not assessed*. */
        AreaScore: {
            area: string;
            /**
             * Format: int32
             * @description 1 a guess, 2 fairly sure, 3 sure.
             * @enum {integer|null}
             */
            confidence: 1 | 2 | 3 | null;
            decided: boolean;
            evidence: components["schemas"]["Evidence"][];
            level: components["schemas"]["Level"] | null;
            seen: components["schemas"]["CellSeen"][];
            /** @description What would have moved it one level. */
            would_move: string;
        };
        /** @description A fault that waits for the interviewer to fire it. Untouched, it breaks nothing. */
        ArmedFault: {
            /** @description The fault's name in the scenario. */
            fault: string;
            /**
             * Format: int32
             * @description When it should be fired: virtual minutes since the phase began.
             */
            from_minutes: number;
            /** @description What it shows about the person in front of it. */
            reveals: string;
            /** @description What happens, as one says it. */
            title: string;
            /** Format: int32 */
            to_minutes: number;
        };
        Arrives: {
            /** Format: int32 */
            done: number;
            /** Format: int32 */
            of: number;
        };
        /** @description What a move wants to know. */
        Asks: {
            /** @enum {string} */
            arg: "record";
            /** @description `charge`. */
            kind: string;
        } | {
            /** @enum {string} */
            arg: "dead_letters";
            groups: string[];
        } | {
            /** @enum {string} */
            arg: "rate";
            /** Format: double */
            usual: number;
        } | {
            /** @enum {string} */
            arg: "group";
            groups: string[];
        } | {
            /** @enum {string} */
            arg: "partition";
            /** Format: int32 */
            count: number;
        } | {
            /** @enum {string} */
            arg: "replica";
            /** Format: int32 */
            count: number;
            service: string;
        };
        Assigned: {
            part: components["schemas"]["PartName"];
            person: string;
        };
        /**
         * Format: date-time
         * @description A moment in time, RFC 3339.
         */
        At: string;
        AttachTo: {
            /** @description A candidate's loop that exists. */
            loop_id?: string | null;
            name?: string | null;
            /** @description Or an opening, with the name of a new candidate. */
            opening_id?: string | null;
        };
        AttachedTo: {
            loop_id: string;
        };
        Bar: {
            changes: components["schemas"]["BarChange"][];
            lines: components["schemas"]["BarLine"][];
            /** @description What must hold between lines, in words. */
            rules: string[];
            /** Format: date-time */
            written_at: string | null;
            written_by: string | null;
        };
        /** @description A change after the bar was written, with both versions. */
        BarChange: {
            after: components["schemas"]["BarLine"][];
            /** Format: date-time */
            at: string;
            before: components["schemas"]["BarLine"][];
            by: string;
            reason: string;
        };
        /** @description The level that a role needs in an area; none means that the role sets no bar there. */
        BarLine: {
            area: string;
            level: components["schemas"]["Level"] | null;
            reason: string;
        };
        Behaviour: {
            excellent: string;
            good: string;
            id: string;
            /** @description Signals that speak for this row. */
            signals: string[];
            title: string;
            weak: string;
        };
        Between: {
            from: string;
            now: string;
            to: string;
        };
        /** @description What happened. Areas, phases, signals and the like are ids of the kit that the interview is stamped with. */
        Body: {
            /** @enum {string} */
            kind: "start";
        } | {
            /** @enum {string} */
            kind: "pause";
        } | {
            /** @enum {string} */
            kind: "resume";
        } | {
            /** @enum {string} */
            kind: "end";
        } | {
            /** @enum {string} */
            kind: "call_off";
            reason: string;
        } | {
            /** @enum {string} */
            kind: "on_paper";
            /** Format: int32 */
            minutes: number;
            /** Format: date-time */
            started_at: string;
        } | {
            /** @enum {string} */
            kind: "phase";
            phase: string;
        } | {
            area: string;
            /** @enum {string} */
            kind: "read";
            prompt: string;
        } | {
            area: string;
            follow_up: string;
            /** @enum {string} */
            kind: "asked";
        } | {
            /** @enum {string} */
            kind: "hint";
            /** Format: int32 */
            number: number;
            phase: string;
        } | {
            area: string | null;
            /** @enum {string} */
            kind: "note";
            note: components["schemas"]["NoteKind"];
            /** @description A signal of that area that the note shows. */
            signal: string | null;
            text: string;
        } | {
            area: string;
            /** @enum {string} */
            kind: "signal";
            prompted: boolean | null;
            signal: string;
        } | {
            entry: string;
            /** @enum {string} */
            kind: "flip";
        } | {
            area: string;
            /** @enum {string} */
            kind: "red_flag";
            red_flag: string;
        } | {
            /** @enum {string} */
            kind: "show";
            material: string;
        } | {
            /** @enum {string} */
            kind: "hide";
            material: string;
        } | {
            entry: string;
            /** @enum {string} */
            kind: "revise";
            note: components["schemas"]["NoteKind"];
            text: string;
        } | {
            entry: string;
            /** @enum {string} */
            kind: "withdraw";
        };
        BoxNow: {
            degraded: boolean;
            /** @description Of a topic: what waits in each partition, for the group that is furthest behind. */
            lanes: number[] | null;
            /** Format: double */
            p50_ms: number | null;
            /** Format: double */
            p99_ms: number | null;
            /**
             * Format: double
             * @description Per second.
             */
            rate: number | null;
            /** Format: int32 */
            replicas: number;
            rolling: components["schemas"]["Rolling"] | null;
            /**
             * Format: int32
             * @description Replicas that take requests, and all.
             */
            up: number;
            /** Format: int32 */
            waiting: number;
            /** @description What is the matter, in a word or three. */
            word: string | null;
        };
        /** @description What the candidate is given, days ahead and in the room. Nothing else of a plan reaches them. */
        Brief: {
            /** @description What is assessed, in words that give no answer away. */
            assessed: string[];
            /** @description What they will be able to do. */
            can: string[];
            /** @description Half a page in plain words: whose system it is, what it does, who is there. */
            story: string;
            /** @description What is wanted of them. */
            task: string;
            /** @description What the candidate knows the scenario by: the plan's own title may say what goes wrong in it. */
            title: string;
        };
        /**
         * @description What a candidate may read of a scenario: its story, what is wanted of them, what they can do, and what is assessed. A type
         *     of its own, so that nothing else of a plan can be sent along.
         */
        CandidateBrief: {
            assessed: string[];
            can: string[];
            story: string;
            task: string;
            title: string;
        };
        CandidateLink: {
            created_at: components["schemas"]["At"];
            expires_at: components["schemas"]["At"];
            id: string;
            opened_at: components["schemas"]["At"] | null;
            state: components["schemas"]["LinkState"];
        };
        CandidateTicket: {
            /** @description What its writer says, not what is established. */
            claim: string;
            filed: components["schemas"]["u64"];
            /** @description What one would search for. */
            key: string;
            /** Format: int32 */
            number: number;
            reply: components["schemas"]["ReplySeen"] | null;
            /** @description `order 8123`. */
            what: string;
            words: string;
            worth: string | null;
        };
        CandidateView: {
            brief: components["schemas"]["CandidateBrief"] | null;
            code: string;
            expires_at: components["schemas"]["At"];
            /** @description What is kept, and whom to ask. */
            kept: string;
            /** Format: int32 */
            minutes: number;
            /** @description Who has the interview open now. */
            present: string[];
            /** @description There is a running system to work on. */
            room: boolean;
            scheduled_at: components["schemas"]["At"] | null;
            /** @description What the interviewer shows at the moment. */
            shown: components["schemas"]["ShownMaterial"][];
            state: components["schemas"]["ClockState"];
            /** @description The role and the team, or that this is an interview. */
            title: string;
            /** @description Who will be there. */
            with: string[];
        };
        Cell: {
            assessed: boolean;
            /**
             * Format: int32
             * @enum {integer|null}
             */
            confidence: 1 | 2 | 3 | null;
            /** @description Whether this person was asked to assess this line. */
            due: boolean;
            level: components["schemas"]["Level"] | null;
            person_id: string;
        };
        /** @description Which cell of a rubric's row was seen. Marks do not add up to a level. */
        CellSeen: {
            behaviour: string;
            level: components["schemas"]["Level"];
        };
        /** @description What changed, and how things stand. */
        Change: {
            entries: components["schemas"]["Entry"][];
            live: components["schemas"]["Live"];
        };
        CitedEvidence: {
            /** Format: int64 */
            at_ms: number;
            behaviour: string | null;
            entry: string;
            interview_id: string;
            kind: components["schemas"]["NoteKind"];
            prompted: boolean | null;
            /** Format: int64 */
            seq: number;
            text: string;
            who: string;
        };
        /** @description The room's clock. */
        Clock: {
            ended: boolean;
            /**
             * Format: int64
             * @description The last command.
             */
            head: number;
            /**
             * Format: int64
             * @description Of the interview, on the wall's clock.
             */
            left_ms: number | null;
            running: boolean;
            /** Format: int32 */
            speed: number;
            /** @description Nanoseconds of virtual time. */
            v: components["schemas"]["u64"];
            /** @description A sentence, when it stands for a reason worth telling. */
            why: string | null;
        };
        /** @description How the scenario's clock goes in a phase. */
        ClockPolicy: {
            /** @description What brings it back to 1. */
            slows_on: components["schemas"]["SlowsOn"][];
            /**
             * Format: int32
             * @description Virtual seconds in a second on the wall, once it runs.
             */
            speed: number;
            start: components["schemas"]["ClockStart"];
        };
        /**
         * @description Whether the scenario's clock stands when a phase opens.
         * @enum {string}
         */
        ClockStart: "stands" | "runs";
        /** @enum {string} */
        ClockState: "planned" | "running" | "paused" | "ended" | "called_off";
        Credentials: {
            email: string;
            password: string;
        };
        DeadLetter: {
            /** Format: int32 */
            failures: number;
            /** @description What it says, field by field; nothing when it cannot be read. */
            fields: [
                string,
                string
            ][];
            /** @description What one searches for: the id of what came in, else the first id that it holds. */
            key: string | null;
            /** Format: int64 */
            number: number;
            parked: components["schemas"]["u64"];
            /** Format: int32 */
            partition: number;
            published: components["schemas"]["u64"];
            /** Format: int32 */
            put_back: number;
            readable: boolean;
            /** @description What its last attempt came to. */
            why: string;
        };
        DeadLetters: {
            group: string;
            /** @description The oldest. */
            list: components["schemas"]["DeadLetter"][];
            /** Format: int32 */
            total: number;
        };
        Debrief: {
            bar_first: boolean;
            can_manage: boolean;
            exception: components["schemas"]["Reasoned"] | null;
            loop: components["schemas"]["DebriefLoop"];
            open: components["schemas"]["OpenDebrief"] | null;
            scorecards: components["schemas"]["ScorecardDue"][];
            state: components["schemas"]["DebriefState"];
        };
        DebriefLine: {
            area: string;
            bar: components["schemas"]["Level"] | null;
            bar_reason: string;
            /** @description In the order of the panel. */
            cells: components["schemas"]["Cell"][];
            impact: {
                good_hire: string;
                poor_hire: string;
                weight: string;
            };
            met: components["schemas"]["Met"];
            /** @description Pieces of evidence cited on this line. */
            moments: number;
            /** Format: int32 */
            number: number;
            question: string;
            /** @description Highest level first. */
            sides: components["schemas"]["Side"][];
            spread: components["schemas"]["Spread"] | null;
            title: string;
            would_move: components["schemas"]["WouldMove"][];
        };
        DebriefLoop: {
            code: string;
            id: string;
            interviews: components["schemas"]["InterviewRef"][];
            name: string;
            opening: components["schemas"]["OpeningRef"] | null;
        };
        /** @enum {string} */
        DebriefState: "waiting" | "open";
        Decision: {
            /** Format: date-time */
            at: string;
            by: string;
            kind: components["schemas"]["DecisionKind"];
            plan: components["schemas"]["UnsettledPart"][];
            reason: string;
        };
        /** @enum {string} */
        DecisionKind: "hire" | "no_hire" | "more_evidence";
        DecisionState: {
            /** @description The candidate's own words, before the menu or without it. */
            answer: string;
            answered_at: components["schemas"]["u64"] | null;
            before_options: boolean;
            chosen_at: components["schemas"]["u64"] | null;
            live: components["schemas"]["Arrives"] | null;
            mapped: components["schemas"]["Mapped"] | null;
            name: string;
            reason: string;
            /** @description What holds now, in words. */
            says: string;
            state: components["schemas"]["Stands"];
        };
        /**
         * @description How deep a loop goes into an area: *deep* for the stem of the T, *steady* for the beam.
         * @enum {string}
         */
        Depth: "deep" | "steady";
        Deviation: {
            detail: string;
            title: string;
        };
        Dissent: {
            at: components["schemas"]["At"];
            text: string;
            who: string;
        };
        /** @description Nothing to say but that it is done. */
        Done: {
            done: boolean;
        };
        Drawn: {
            boxes: components["schemas"]["DrawnBox"][];
            columns: number;
            edges: components["schemas"]["DrawnEdge"][];
            rows: number;
        };
        DrawnBox: {
            at: number;
            column: number;
            /** @description `client`, `service`, `store`, `topic`, `provider`. */
            is: string;
            name: string;
            row: number;
        };
        DrawnEdge: {
            /** @description `calls`, `rows`, `messages`, `group`, `events`. */
            carries: string;
            from: number;
            group: number | null;
            to: number;
        };
        Drill: {
            created_at: components["schemas"]["At"];
            id: string;
            leader: components["schemas"]["PersonRef"] | null;
            /** @description To send to colleagues; whoever opens it signs in. */
            link: string;
            /** @description It has ended: everything is told. */
            over: boolean;
            people: components["schemas"]["PersonRef"][];
            /** @description Somebody on another machine can open it. */
            reachable: boolean;
            take: string;
            title: string;
            /** @description The variation of the scenario that it is, for whoever leads, and for all once it has ended. */
            variation: string | null;
            you: components["schemas"]["DrillPart"];
        };
        DrillListRow: {
            created_at: components["schemas"]["At"];
            id: string;
            made_by: string;
            title: string;
            you: components["schemas"]["DrillPart"];
        };
        /** @enum {string} */
        DrillPart: "leader" | "operator" | "invited";
        /** @description A scenario that a drill can be held over. */
        DrillScenario: {
            id: string;
            /**
             * Format: int64
             * @description Minutes of its own time.
             */
            minutes: number;
            story: string;
            title: string;
            variations: components["schemas"]["ScenarioVariation"][];
        };
        Drills: {
            scenarios: components["schemas"]["DrillScenario"][];
            /** @description Those that you are in, the newest first. */
            yours: components["schemas"]["DrillListRow"][];
        };
        EdgeNow: {
            degraded: boolean;
            /** Format: double */
            failed: number;
            /**
             * Format: double
             * @description Of the lag, per second.
             */
            growing: number | null;
            /**
             * Format: int64
             * @description What a group has still to handle.
             */
            lag: number | null;
            /**
             * Format: double
             * @description Per second.
             */
            rate: number | null;
            /** @description A policy, or what is the matter. */
            word: string | null;
        };
        /** @description Another interview of the same loop: what it covers need not be asked again. */
        Elsewhere: {
            areas: string[];
            title: string;
            who: string[];
        };
        EntriesAnswer: {
            /** @description New or changed since. */
            entries: components["schemas"]["Entry"][];
            live: components["schemas"]["Live"];
            results: components["schemas"]["EntryResult"][];
        };
        /**
         * @description One entry of a record. `seq` counts from 1 without gaps; `at_ms` is the moment on the interview's clock, which
         *     for a note is that of its first keystroke and may be earlier than its place in the order.
         */
        Entry: {
            /** Format: int64 */
            at_ms: number;
            body: components["schemas"]["Body"];
            /** @description Made by the client (UUIDv7), so that sending twice is harmless. */
            id: string;
            moment: components["schemas"]["Moment"] | null;
            /** Format: date-time */
            received_at: string;
            /** Format: int64 */
            seq: number;
            /** @description The person who wrote it. */
            who: string;
            withdrawn: boolean;
        };
        /** @description What became of one entry: its place, or why it was refused. */
        EntryResult: {
            id: string;
            refused: string | null;
            /** Format: int64 */
            seq: number | null;
        };
        /** @description A note that speaks for a level. */
        Evidence: {
            /** @description The rubric's row that it speaks for. */
            behaviour: string | null;
            /** @description The note's entry in the record, which holds the words. */
            entry: string;
            kind: components["schemas"]["NoteKind"];
            moment: components["schemas"]["Moment"];
            prompted: boolean | null;
        };
        Exception: {
            reason: string;
        };
        /** @description An exercise on something the candidate can see. */
        Exercise: {
            area: string;
            excellent: string;
            /** @description What can be found in the material, for the panel only. */
            findings: components["schemas"]["Finding"][];
            follow_ups: string[];
            good: string;
            id: string;
            material: components["schemas"]["Material"][];
            /** Format: int32 */
            minutes: number;
            /** @description Read aloud. */
            prompt: string;
            summary: string;
            title: string;
            weak: string;
        };
        Fact: {
            says: string;
            value: string;
        };
        /** @description Planning facts: the columns of the comparison page. */
        Facts: {
            /** @description Why ask here rather than elsewhere. */
            advantage: string;
            /**
             * Format: int32
             * @description How hard the area is to assess well, 1 (easy) to 5; not how hard it is to answer.
             */
            difficulty: number;
            /** @description The same in a word or three. */
            difficulty_note: string;
            /** Format: int32 */
            minutes: number;
            needs: string;
            /** @description What the panel knows afterwards. */
            outcome: string;
            use_when: string;
        };
        /** @enum {string} */
        Fault: "planned" | "armed" | "on" | "over";
        FaultDef: {
            boxes: number[];
            /** Format: int64 */
            lasts_ms: number;
            name: string;
            planned: components["schemas"]["PlannedFault"] | null;
            /** @description Promises and alerts that show it, in words. */
            reveals: string;
            says: string[];
            title: string;
            /** @description What the scenario suggests: from when to when. */
            window: components["schemas"]["Window"];
        };
        FaultGuide: {
            fault: string;
            /** @description What can be seen, and what cannot. */
            shows: string;
            strong: string;
            weak: string;
        };
        FaultState: {
            name: string;
            noticed_at: components["schemas"]["u64"] | null;
            noticed_by: string | null;
            since: components["schemas"]["u64"] | null;
            state: components["schemas"]["Fault"];
            until: components["schemas"]["u64"] | null;
        };
        Finding: {
            /**
             * Format: int32
             * @description How telling it is when found unprompted: 1 expected of everybody, 3 rarely seen.
             */
            rarity: number;
            text: string;
            title: string;
        };
        /**
         * @description A follow-up is relevant when one of `phases` runs (empty: any), every signal of `after` was heard and
         *     none of `unless` was.
         */
        Fits: {
            after: string[];
            phases: string[];
            unless: string[];
        };
        FollowUp: {
            /** @description When to use it, for the screen. */
            fits: components["schemas"]["Fits"];
            id: string;
            /** @description How a lived answer sounds. */
            lived: string;
            /** @description When to use it, for a person. */
            moment: string;
            /** @description Only experience answers this one. */
            separates: boolean;
            /** @description How a polished answer sounds: a short quotation or phrase. */
            shallow: string;
            text: string;
        };
        ForkAt: {
            /** @description Decisions that are made otherwise from then on. */
            choose?: {
                [key: string]: string;
            };
            /** Format: int64 */
            seq?: number | null;
            /** Format: int64 */
            v: number;
        };
        /** @description The same customers, faults and moves, under the decisions that were made and under others, at the same moment. */
        Futures: {
            held: components["schemas"]["PanelFrame"];
            histories: components["schemas"]["Histories"] | null;
            otherwise: components["schemas"]["PanelFrame"];
            /** Format: int64 */
            until: number;
        };
        /** @description For the interviewer, to read the day before. */
        Guide: {
            /** @description Every fault that the plan arms, and what to watch when it strikes. */
            faults: components["schemas"]["FaultGuide"][];
            /** @description What strong candidates do in it. */
            strong: string[];
            /** @description What to have understood about this system. */
            system: string;
            /** @description Where interviewers go wrong. */
            traps: components["schemas"]["Trap"][];
            /** @description What weak ones do. */
            weak: string[];
        };
        HeardSignal: {
            area: string;
            prompted: boolean | null;
            signal: string;
        };
        Hello: {
            /** @description What is wanted of the candidate. */
            brief: string;
            /** @description Nothing new comes from here on; what is under way finishes. */
            closes: components["schemas"]["u64"];
            currency: string;
            /** Format: int32 */
            digits: number;
            ends: components["schemas"]["u64"];
            /** @description What an interviewer can break; empty for a candidate. */
            faults: components["schemas"]["FaultDef"][];
            moves: components["schemas"]["MoveDef"][];
            /** @description Where the room opens: the warm-up is done. */
            opens: components["schemas"]["u64"];
            picture: components["schemas"]["Drawn"];
            questions: components["schemas"]["Question"][];
            speeds: number[];
            /**
             * Format: int64
             * @description The wall clock of the simulated world at virtual 0, in seconds since 1970.
             */
            starts_unix_s: number;
            story: string;
            take: components["schemas"]["TakeRef"];
            title: string;
            you: components["schemas"]["You"];
        };
        Histories: {
            held: components["schemas"]["History"] | null;
            otherwise: components["schemas"]["History"] | null;
        };
        History: {
            came: components["schemas"]["u64"];
            /** Format: int64 */
            serial: number;
            steps: components["schemas"]["Step"][];
            /** @description `order 8123`. */
            what: string;
        };
        Hurt: {
            /** Format: int64 */
            serial: number;
            /** @description `order 8123`. */
            what: string;
        };
        Impact: {
            good_hire: string;
            poor_hire: string;
            /** @description Where this area stands among the seven, in a phrase. */
            weight: string;
        };
        Interview: {
            agenda: components["schemas"]["AgendaPhase"][];
            areas: string[];
            /** @description Somebody scored it, so it stays where it is. */
            can_attach: boolean;
            can_manage: boolean;
            candidate_name: string;
            code: string;
            due_at: components["schemas"]["At"] | null;
            entries: components["schemas"]["Entry"][];
            id: string;
            kit_hash: string;
            links: components["schemas"]["CandidateLink"][];
            live: components["schemas"]["Live"];
            loop_id: string;
            material: components["schemas"]["MaterialRef"][];
            /** Format: int32 */
            minutes_planned: number;
            opening: components["schemas"]["OpeningRef"] | null;
            pencilled: {
                [key: string]: components["schemas"]["Pencilled"];
            };
            people: components["schemas"]["Participant"][];
            room: components["schemas"]["RoomRef"] | null;
            scenario: components["schemas"]["ScenarioRef"] | null;
            scheduled_at: components["schemas"]["At"] | null;
            /** @description Your own. */
            scorecard_submitted: boolean;
            title: string;
            you: components["schemas"]["YourPart"];
        };
        InterviewChange: {
            due_at?: components["schemas"]["At"] | null;
            people?: components["schemas"]["Assigned"][] | null;
            scheduled_at?: components["schemas"]["At"] | null;
        };
        /** @description One interview, as a row of a list. */
        InterviewListRow: {
            areas: string[];
            candidate_name: string;
            code: string;
            /** Format: int64 */
            elapsed_ms: number;
            id: string;
            loop_id: string;
            /** @description You ask or listen in it. */
            mine: boolean;
            /** @description Notes, signals and red flags. */
            moments: number;
            opening_title: string | null;
            scheduled_at: components["schemas"]["At"] | null;
            /** @description Your scorecard of its loop is in. */
            scored: boolean;
            started_at: components["schemas"]["At"] | null;
            state: components["schemas"]["ClockState"];
            title: string;
        };
        /** @description One interview of a loop, without its record. */
        InterviewRef: {
            areas: string[];
            called_off: components["schemas"]["Reasoned"] | null;
            due_at: components["schemas"]["At"] | null;
            /** Format: int64 */
            elapsed_ms: number;
            id: string;
            /** Format: int32 */
            minutes_planned: number;
            people: components["schemas"]["Participant"][];
            scheduled_at: components["schemas"]["At"] | null;
            session_id: string | null;
            started_at: components["schemas"]["At"] | null;
            state: components["schemas"]["ClockState"];
            title: string;
        };
        Invitation: {
            created_at: components["schemas"]["At"];
            expires_at: components["schemas"]["At"];
            id: string;
            /** @description For whom, in the words of whoever invited them. */
            note: string;
            role: components["schemas"]["PersonRole"];
            state: components["schemas"]["InvitationState"];
        };
        InvitationOffer: {
            expires_at: components["schemas"]["At"];
            invited_by: string;
            role: components["schemas"]["PersonRole"];
        };
        /** @enum {string} */
        InvitationState: "open" | "used" | "expired" | "revoked";
        /** @enum {string} */
        Is: "under_way" | "done" | "partly" | "failed" | "taken_back" | "called_off";
        /** @description A whole kit: `kit.yaml` with everything that it names. */
        Kit: {
            /** @description In the fixed order of the debrief's seven lines. */
            areas: components["schemas"]["Area"][];
            exercises: components["schemas"]["Exercise"][];
            /** @description First 12 hex digits of the SHA-256 over all files of the kit, by path. */
            hash: string;
            id: string;
            packs: components["schemas"]["Pack"][];
            /** @description How those scenarios that have a plan are led. Versions of a kit from before there were plans have none. */
            plans: components["schemas"]["ScenarioPlan"][];
            principles: components["schemas"]["Principle"][];
            /** @description Asked of every candidate's record. */
            record_questions: components["schemas"]["RecordQuestion"][];
            regret_probes: components["schemas"]["RegretProbe"][];
            /** @description How to read the answers to regret probes. */
            regret_reading: string;
            /** @description Running scenarios that areas refer to, with the situation of each. */
            scenarios: components["schemas"]["Scenario"][];
            /**
             * Format: int32
             * @description Version of the file format; today always 1.
             */
            schema: number;
            summary: string;
            t_shape: string;
            title: string;
            trade_off: components["schemas"]["TradeOff"];
            version: string;
        };
        KitRef: {
            hash: string;
            id: string;
            title: string;
            version: string;
        };
        /**
         * @description How well a rubric's behaviour was shown. *Not assessed* is the absence of a level.
         * @enum {string}
         */
        Level: "weak" | "good" | "excellent";
        Line: {
            question: string;
            title: string;
        };
        /** @enum {string} */
        LinkState: "open" | "expired" | "revoked";
        /** @description What a page needs to stay up to date. */
        Live: {
            /** @description When `elapsed_ms` was read. */
            as_of: components["schemas"]["At"];
            candidate_present: boolean;
            /** Format: int64 */
            elapsed_ms: number;
            ended_at: components["schemas"]["At"] | null;
            /** @description One line on what comes next. */
            next: string;
            phase: string | null;
            /** Format: int64 */
            phase_entered_ms: number | null;
            present: components["schemas"]["Present"][];
            /** @description At most three follow-ups that fit now, the next first. */
            relevant: components["schemas"]["Relevant"][];
            /** Format: int64 */
            seq: number;
            /** @description Material on the candidate's screen. */
            shown: string[];
            started_at: components["schemas"]["At"] | null;
            state: components["schemas"]["ClockState"];
        };
        LoadedDemo: {
            /** @description The debrief worth reading first. */
            loop_id: string;
        };
        LogLine: {
            fields: components["schemas"]["NamedField"][];
            /** @description `info`, `warn`, `error`. */
            level: string;
            /** Format: int32 */
            replica: number | null;
            service: string;
            /** @description The time that it says, by its instance's own clock. */
            stamp: components["schemas"]["u64"];
            text: string;
            trace: string | null;
            /** @description When it was collected. */
            v: components["schemas"]["u64"];
        };
        Logs: {
            /** @description The newest last. */
            lines: components["schemas"]["LogLine"][];
            since: components["schemas"]["u64"] | null;
            /** Format: int32 */
            total: number;
        };
        Looks: {
            decision: string | null;
            /** Format: int32 */
            focus: number | null;
            panel: components["schemas"]["Panel"];
        };
        LoopChange: {
            code?: string | null;
            name?: string | null;
        };
        /** @description One candidate's loop, as a row of a list. */
        LoopRow: {
            code: string;
            /** @description The seven areas in order, and whether an interview on each was held. */
            heard: components["schemas"]["AreaHeard"][];
            id: string;
            interviews: number;
            interviews_done: number;
            name: string;
            next: components["schemas"]["Next"];
            opening_id: string | null;
        };
        LoopView: {
            /** @description The bar stood before the first interview. */
            bar_first: boolean;
            can_manage: boolean;
            /** @description You owe or may write a scorecard here. */
            can_score: boolean;
            code: string;
            debrief_open: boolean;
            decided: boolean;
            id: string;
            interviews: components["schemas"]["InterviewRef"][];
            name: string;
            opening: components["schemas"]["OpeningRef"] | null;
            scorecards: components["schemas"]["ScorecardDue"][];
        };
        MadeInterview: {
            id: string;
            loop_id: string;
        };
        MadeInvitation: {
            invitation: components["schemas"]["Invitation"];
            /** @description Shown this once; only its hash is kept. */
            url: string;
        };
        MadeLink: {
            link: components["schemas"]["CandidateLink"];
            /** @description Shown this once; only its hash is kept. */
            url: string;
        };
        MadeLoop: {
            loop_id: string;
        };
        MadeReset: {
            expires_at: components["schemas"]["At"];
            /** @description Shown this once; only its hash is kept. */
            url: string;
        };
        MadeTake: {
            take: string;
        };
        Mapped: {
            as: string | null;
            outside: boolean;
        };
        /** @enum {string} */
        MarkKind: "begin" | "decision" | "answer" | "options" | "move" | "take_back" | "ticket" | "reply" | "alert" | "fault" | "lift" | "noticed" | "map" | "speed" | "pause" | "resume" | "search" | "void" | "reveal" | "end";
        MarkSeen: {
            kind: components["schemas"]["MarkKind"];
            label: string;
            /** @description Never sent to a candidate. */
            panel: boolean;
            /** Format: int64 */
            seq: number | null;
            text: string;
            v: components["schemas"]["u64"];
            who: string;
            /** @description What was written with it. */
            words: string;
        };
        /** @description Something a candidate may be shown. */
        Material: {
            format: components["schemas"]["MaterialFormat"];
            id: string;
            text: string;
            title: string;
        };
        /**
         * @description How a material is drawn: Markdown as prose, YAML as code with line numbers, CSV as a table.
         * @enum {string}
         */
        MaterialFormat: "markdown" | "yaml" | "csv";
        /** @description Material that can be shown to the candidate. */
        MaterialRef: {
            exercise_id: string;
            exercise_title: string;
            format: components["schemas"]["MaterialFormat"];
            id: string;
            title: string;
        };
        /** @description How a line's bar is met by the people who assessed it. */
        Met: {
            met: number;
            of: number;
            say: string;
        };
        MiniCase: {
            discussion: string;
            question: string;
            situation: string;
        };
        /** @description What an area lacks, with the sentence to show. */
        Missing: {
            area: string;
            say: string;
            what: components["schemas"]["Part"];
        };
        /**
         * @description A place in something that can be played or read again. The panel does not look inside: `take` names the interview
         *     (or a room's take), `seq` the entry, `v` the nanoseconds on its clock.
         */
        Moment: {
            /** Format: int64 */
            seq: number;
            take: string;
            /** Format: int64 */
            v: number;
        };
        /** @description What a move is about, as far as it asks for something. */
        MoveArgs: {
            /**
             * Format: int32
             * @default null
             */
            count: number | null;
            /** @default null */
            group: string | null;
            /**
             * @description Numbers of dead letters.
             * @default null
             */
            letters: number[] | null;
            /**
             * Format: int32
             * @default null
             */
            partition: number | null;
            /**
             * Format: double
             * @description Per second.
             * @default null
             */
            rate: number | null;
            /**
             * @description The id of a record, as people write it.
             * @default null
             */
            record: string | null;
            /**
             * Format: int32
             * @default null
             */
            replica: number | null;
        };
        MoveDef: {
            asks: components["schemas"]["Asks"][];
            /**
             * Format: int32
             * @description The box that it acts on.
             */
            box: number | null;
            name: string;
            reversible: boolean;
            says: string;
            /** @description `about 30 s`. */
            takes: string;
            title: string;
        };
        MoveState: {
            about: string;
            asked: components["schemas"]["u64"];
            /** @description Nothing of it has happened yet, or the rest of it can be left. */
            can_call_off: boolean;
            can_take_back: boolean;
            done_at: components["schemas"]["u64"] | null;
            name: string;
            /**
             * Format: int32
             * @description `M1` and so on.
             */
            number: number;
            reason: string;
            result: string;
            state: components["schemas"]["Is"];
            title: string;
        };
        MyScorecard: {
            amendments: components["schemas"]["Amendment"][];
            areas: components["schemas"]["AreaScore"][];
            candidate_name: string;
            code: string;
            debrief_open: boolean;
            due_areas: string[];
            due_at: components["schemas"]["At"] | null;
            interviews: components["schemas"]["InterviewRef"][];
            kit_hash: string;
            loop_id: string;
            missing: components["schemas"]["Missing"][];
            notes: components["schemas"]["NoteForScoring"][];
            opening: components["schemas"]["OpeningRef"] | null;
            /** @description Areas that somebody else was asked to score. */
            others: components["schemas"]["AreaOfOthers"][];
            /** @description Your pencilled levels, by area. */
            pencilled: {
                [key: string]: components["schemas"]["Pencilled"];
            };
            /** Format: int64 */
            rev: number;
            submitted_at: components["schemas"]["At"] | null;
        };
        /** @description Name and value. */
        NamedField: string[];
        NewAccount: {
            email: string;
            name: string;
            password: string;
            /** @description For the first account, when the server asks for it. */
            token?: string | null;
        };
        NewCandidate: {
            /** @description Left open, a short code is made that says nothing about anybody. */
            code?: string | null;
            name: string;
        };
        NewDecision: {
            kind: components["schemas"]["DecisionKind"];
            /** @description For *more evidence*: twenty minutes on exactly the unsettled lines. */
            plan?: components["schemas"]["UnsettledPart"][];
            reason: string;
        };
        NewDissent: {
            text: string;
        };
        NewDrill: {
            /** @description Whoever makes it leads, and breaks things by hand. Otherwise nobody leads, and what goes wrong comes by itself. */
            lead: boolean;
            /** @description A running scenario of the kit. */
            scenario: string;
            /** @description A variation of it, by its name. */
            variation?: string | null;
        };
        NewExcuse: {
            person: string;
            reason: string;
        };
        NewInterviewRequest: {
            /** @description An area by itself. */
            area?: string | null;
            /**
             * Format: int32
             * @description Shortens an area's agenda, to try it out.
             */
            minutes?: number | null;
            /** @description Or a session of a role pack. */
            pack?: string | null;
            /** @description To rehearse: the reference design that a scripted candidate plays in the room. */
            rehearse?: string | null;
            /** @description Or a scenario that has a plan. Its room is opened too, where the kit has a running system for it. */
            scenario?: string | null;
            session?: string | null;
            /** @description Without a room: the plan alone, on screen or on paper. */
            talk_only?: boolean;
            /** @description A variation of the scenario, by its name. */
            variation?: string | null;
        };
        NewInvitation: {
            note?: string;
            role: components["schemas"]["PersonRole"];
        };
        NewLink: {
            /**
             * Format: int32
             * @description 1 to 30; 7 when left out.
             */
            days?: number | null;
        };
        NewOpening: {
            pack: string;
            seniority: string;
            team?: string;
            title: string;
        };
        NewPassword: {
            password: string;
        };
        NewRoomRequest: {
            /** @description Without a person: the reference design that a scripted candidate plays, to rehearse with. */
            rehearse?: string | null;
            /** @description A running scenario of the kit. */
            scenario: string;
            /** @description A variation of it, by its name. */
            variation?: string | null;
        };
        Next: {
            /** Format: date-time */
            at: string | null;
            interview_id: string | null;
            kind: components["schemas"]["NextKind"];
        };
        /** @enum {string} */
        NextKind: "schedule" | "interview" | "scorecard" | "debrief" | "decided" | "none";
        /** @description A note of yours, or of somebody in the same interview, that can serve as evidence. */
        NoteForScoring: {
            area: string | null;
            /** Format: int64 */
            at_ms: number;
            entry: string;
            interview_id: string;
            interview_title: string;
            kind: components["schemas"]["NoteKind"];
            mine: boolean;
            /** Format: int64 */
            seq: number;
            signal: components["schemas"]["HeardSignal"] | null;
            text: string;
            who: string;
        };
        /**
         * @description What a note is: what the candidate *said*, what they *did*, or *my reading* of it. A level needs one of the
         *     first two; the third stays its writer's own until the debrief opens.
         * @enum {string}
         */
        NoteKind: "said" | "did" | "reading";
        Now: {
            boxes: components["schemas"]["BoxNow"][];
            edges: components["schemas"]["EdgeNow"][];
        };
        OpenDebrief: {
            agenda: components["schemas"]["AgendaItemSaid"][];
            all_in_at: components["schemas"]["At"] | null;
            amendments: components["schemas"]["AmendmentSaid"][];
            bar_rules: string[];
            bar_written_at: components["schemas"]["At"] | null;
            decision: components["schemas"]["Decision"] | null;
            /** @description The agenda was visited or waived. */
            decision_open: boolean;
            decisions: components["schemas"]["Decision"][];
            deviations: components["schemas"]["Deviation"][];
            dissents: components["schemas"]["Dissent"][];
            kit_hash: string;
            lines: components["schemas"]["DebriefLine"][];
            may_decide: boolean;
            panel: components["schemas"]["PersonRef"][];
            record_questions: components["schemas"]["RecordQuestion"][];
            shape: components["schemas"]["Stem"][];
            unsettled: components["schemas"]["Unsettled"][];
        };
        Opening: {
            bar: components["schemas"]["Bar"];
            can_edit: boolean;
            closed_at: components["schemas"]["At"] | null;
            created_at: components["schemas"]["At"];
            id: string;
            kit_hash: string;
            loops: components["schemas"]["LoopRow"][];
            pack: string;
            pack_title: string;
            plan: components["schemas"]["Plan"];
            /** @description Everything wrong with the plan, in sentences. */
            plan_mistakes: string[];
            seniority: string;
            seniority_title: string;
            team: string;
            title: string;
        };
        OpeningChange: {
            closed?: boolean | null;
            team?: string | null;
            title?: string | null;
        };
        /** @description An opening, as far as a loop needs to say. */
        OpeningRef: {
            id: string;
            pack_title: string;
            seniority_title: string;
            team: string;
            title: string;
        };
        OptionSeen: {
            /** @description `900 USD a month`; empty when nothing. */
            costs: string;
            /** @description The system as found. */
            default: boolean;
            name: string;
            says: string;
        };
        Options: {
            between: components["schemas"]["Between"] | null;
            decision: string;
            options: components["schemas"]["OptionSeen"][];
        };
        /** @description A role: which areas, how deep, who asks what, and the bar per seniority. */
        Pack: {
            /** @description What this role must not be weak in, in a sentence. */
            emphasis: string;
            id: string;
            scenarios: string[];
            seniorities: components["schemas"]["Seniority"][];
            sessions: components["schemas"]["Session"][];
            summary: string;
            title: string;
        };
        /** @description The shared text of a room. */
        Pad: {
            /** Format: int64 */
            rev: number;
            text: string;
        };
        /**
         * @description The panels that a candidate can open, one at a time.
         * @enum {string}
         */
        Panel: "decisions" | "moves" | "traces" | "logs" | "pad";
        /** @description What the panel is sent. */
        PanelFrame: {
            clock: components["schemas"]["Clock"];
            decisions: components["schemas"]["DecisionState"][];
            /** @description 16 hex digits: the same in every copy of this take. */
            digest: string;
            faults: components["schemas"]["FaultState"][];
            inbox: components["schemas"]["PanelInbox"];
            looks: components["schemas"]["Looks"];
            marks: components["schemas"]["MarkSeen"][];
            moves: components["schemas"]["MoveState"][];
            now: components["schemas"]["Now"];
            /** @description Decisions whose options the candidate has seen. */
            options_open: string[];
            /** Format: int64 */
            pad_rev: number;
            present: components["schemas"]["RoomPresent"][];
            revealed: components["schemas"]["Revealed"];
            samples: components["schemas"]["Samples"] | null;
            strips: components["schemas"]["Strip"][];
            truth: components["schemas"]["Truth"];
            voids: components["schemas"]["VoidSeen"][];
        };
        PanelInbox: {
            alerts: components["schemas"]["AlertSeen"][];
            no_alerts: string | null;
            tickets: components["schemas"]["PanelTicket"][];
        };
        PanelTicket: components["schemas"]["CandidateTicket"] & {
            /** @description Whether the reply was right, once somebody has said that it is so or is not. */
            right: boolean | null;
            /**
             * Format: int64
             * @description The arrival's number, by which its history is asked for.
             */
            serial: number;
            /** @description What is true, in a sentence. */
            truth: string;
        };
        /**
         * @description A part that a submission needs.
         * @enum {string}
         */
        Part: "level" | "evidence" | "would_move" | "confidence";
        /** @enum {string} */
        PartName: "interviewer" | "shadow";
        PartNow: {
            name: string;
            tables: components["schemas"]["PartTable"][];
            v: components["schemas"]["u64"];
        };
        PartRow: {
            cells: string[];
            degraded: boolean;
            /** @description A key that traces and logs can be searched for. */
            key: string | null;
        };
        PartTable: {
            columns: string[];
            rows: components["schemas"]["PartRow"][];
            /** @description What is said besides, or instead when there are no rows. */
            says: string;
            title: string;
        };
        Participant: {
            part: components["schemas"]["PartName"];
            person: components["schemas"]["PersonRef"];
        };
        PasswordChange: {
            new: string;
            /** @description The password as it is. */
            present: string;
        };
        PencilMark: {
            area: string;
            level?: components["schemas"]["Pencilled"] | null;
        };
        /**
         * @description A pencilled level: private to whoever wrote it.
         * @enum {string}
         */
        Pencilled: "weak" | "good" | "excellent" | "not_assessed";
        Person: {
            /** @description Of the sample: there is nothing to sign in with. */
            demo: boolean;
            disabled: boolean;
            /** @description Empty for people whose address is not yours to see. */
            email: string;
            id: string;
            initials: string;
            name: string;
            role: components["schemas"]["PersonRole"];
        };
        PersonChange: {
            disabled?: boolean | null;
            role?: components["schemas"]["PersonRole"] | null;
        };
        /** @description Somebody, as far as a list needs to say. */
        PersonRef: {
            id: string;
            initials: string;
            name: string;
        };
        /**
         * @description What somebody may do in general.
         * @enum {string}
         */
        PersonRole: "admin" | "manager" | "interviewer";
        Phase: {
            /** @description One sentence on what the phase is for. */
            aim: string;
            /** @description Exactly three, from faint to plain. */
            hints: string[];
            id: string;
            /** Format: int32 */
            minutes: number;
            /** @description Prompts read in this phase. */
            prompts: string[];
            title: string;
        };
        Plan: {
            sessions: components["schemas"]["Session"][];
        };
        PlanPhase: {
            /** @description One sentence on what the phase is for. */
            aim: string;
            /** @description What this phase is evidence for. */
            area: string;
            clock: components["schemas"]["ClockPolicy"];
            /** @description Decisions of the scenario that are talked about here, in words before any menu. */
            decisions: string[];
            /** @description What can be made to break, in the order of the windows. */
            faults: components["schemas"]["ArmedFault"][];
            follow_ups: components["schemas"]["FollowUp"][];
            /** @description Exactly three, from faint to plain. */
            hints: string[];
            id: string;
            /** Format: int32 */
            minutes: number;
            /** @description Read aloud when the phase opens; a phase that begins with silence has none. */
            prompts: components["schemas"]["Prompt"][];
            title: string;
            voices: components["schemas"]["Voices"][];
            /** @description Invariants of the scenario to keep in sight here: what is true beside what the candidate can see. */
            watch: string[];
        };
        PlanRedFlag: {
            area: string;
            /** @description What to ask then; a red flag is a reason to ask, not a verdict. */
            ask_then: string;
            id: string;
            /** @description As one hears it. */
            says: string;
        };
        PlanSignal: {
            area: string;
            /** @description What counts as the same thing by another name; empty when nothing needs saying. */
            counts: string;
            id: string;
            /** @description Rows of the area's rubric that it speaks for. */
            rows: string[];
            /** @description A few words, for narrow screens and lists. */
            short: string;
            text: string;
        };
        /** @description The phase that a fault belongs to, and when in it it should come: since the phase began, in the room's time. */
        PlannedFault: {
            /** Format: int32 */
            from_minutes: number;
            /** @description As the interview's agenda calls it. */
            phase: string;
            phase_title: string;
            /**
             * Format: int32
             * @description Its place among the faults of the plan.
             */
            place: number;
            /** Format: int32 */
            to_minutes: number;
        };
        Preread: {
            bar: components["schemas"]["BarLine"][];
            candidate_link: components["schemas"]["CandidateLink"] | null;
            candidate_name: string;
            code: string;
            elsewhere: components["schemas"]["Elsewhere"][];
            interview: components["schemas"]["InterviewRef"];
            /** @description What this interview asks; empty for one without a plan, whose agenda is the area's own. */
            items: components["schemas"]["SessionItem"][];
            kit_hash: string;
            loop_id: string;
            opening: components["schemas"]["OpeningRef"] | null;
            reachable: boolean;
            reason: string;
            rules: string[];
            scenario: components["schemas"]["ScenarioRef"] | null;
        };
        Present: {
            id: string;
            initials: string;
            name: string;
            part: components["schemas"]["PartName"] | null;
        };
        Principle: {
            id: string;
            text: string;
            title: string;
        };
        /** @description An error as the API tells it. */
        Problem: Record<string, never> & {
            /** @description What is wrong, here. */
            detail: string;
            /** @description What to do about it; empty when nothing can be done. */
            fix: string;
            /** Format: int32 */
            status: number;
            title: string;
            /** @description Stable name of the kind of problem, as a URI reference. */
            type: string;
        };
        Prompt: {
            id: string;
            /** @description What the interviewer should do besides reading; empty when nothing. */
            note: string;
            /** @description Read aloud, word by word. */
            text: string;
        };
        /** @description A decision without its options. */
        Question: {
            ask: string;
            kind: components["schemas"]["QuestionKind"];
            name: string;
        };
        /** @enum {string} */
        QuestionKind: "options" | "value";
        /** @description Something out of the ordinary that a manager did: logged, shown, and not undone. */
        Reasoned: {
            at: components["schemas"]["At"];
            by: string;
            reason: string;
        };
        /** @description A question for the whole record of a candidate, whatever was asked. */
        RecordQuestion: {
            ask: string;
            id: string;
            no_sounds: string;
            yes_sounds: string;
        };
        RedFlag: {
            /** @description What to ask then; a red flag is a reason to ask, not a verdict. */
            ask_then: string;
            id: string;
            /** @description As one hears it. */
            says: string;
        };
        RegretProbe: {
            absence: string;
            ask: string;
            experience: string;
            id: string;
        };
        /** @description A follow-up that fits now. */
        Relevant: {
            area: string;
            follow_up: string;
        };
        ReplySeen: {
            v: components["schemas"]["u64"];
            verdict: components["schemas"]["Verdict"];
            words: string;
        };
        ResetOffer: {
            email: string;
            name: string;
        };
        /**
         * @description What may be shown to the candidate once levels are pencilled: what was true, and the same customers under one
         *     other decision.
         */
        Reveal: {
            decision: string;
            option: string;
            text: string;
        };
        /** @description Nothing, or what the interviewer has opened. */
        Revealed: {
            truth: components["schemas"]["Truth"] | null;
        };
        Rolling: {
            /** Format: int32 */
            done: number;
            /** Format: int32 */
            of: number;
        };
        RoomCommand: {
            /** @enum {string} */
            kind: "pause";
        } | {
            /** @enum {string} */
            kind: "resume";
        } | {
            /** @enum {string} */
            kind: "speed";
            /** Format: int32 */
            times: number;
        } | {
            decision: string;
            /** @enum {string} */
            kind: "answer";
        } | {
            decision: string;
            /** @enum {string} */
            kind: "show_options";
        } | {
            answer: components["schemas"]["Answer"];
            decision: string;
            /** @enum {string} */
            kind: "choose";
        } | {
            as?: string | null;
            decision: string;
            /** @enum {string} */
            kind: "map";
        } | {
            args?: components["schemas"]["MoveArgs"];
            /** @enum {string} */
            kind: "move";
            makes: string;
        } | {
            /** @enum {string} */
            kind: "take_back";
            /** Format: int32 */
            move: number;
        } | {
            /** @enum {string} */
            kind: "call_off";
            /** Format: int32 */
            move: number;
        } | {
            /** @enum {string} */
            kind: "reply";
            /** Format: int32 */
            ticket: number;
            verdict: components["schemas"]["Verdict"];
        } | {
            decision?: string | null;
            /** Format: int32 */
            focus?: number | null;
            /** @enum {string} */
            kind: "look";
            panel: components["schemas"]["Panel"];
        } | {
            /** Format: int32 */
            found: number;
            /** @enum {string} */
            kind: "search";
            query: string;
            where: components["schemas"]["Panel"];
        } | {
            fault: string;
            /** @enum {string} */
            kind: "arm";
        } | {
            /** @enum {string} */
            kind: "disarm";
        } | {
            fault: string;
            /** @enum {string} */
            kind: "fire";
        } | {
            fault: string;
            /** @enum {string} */
            kind: "lift";
        } | {
            fault: string;
            /** @enum {string} */
            kind: "noticed";
        } | {
            from: components["schemas"]["u64"];
            /** @enum {string} */
            kind: "void";
            to: components["schemas"]["u64"];
        } | {
            /** @enum {string} */
            kind: "reveal";
            on: boolean;
        } | {
            /** @enum {string} */
            kind: "end";
        };
        /** @description Somebody who has the room open. */
        RoomPresent: {
            candidate: boolean;
            id: string;
            initials: string;
            name: string;
            /** @description Listens only. */
            silent: boolean;
        };
        /** @description A room, as pages name it. */
        RoomRef: {
            id: string;
            /** @description A scripted candidate sits there, who plays this reference design. */
            rehearsal: string | null;
            scenario: string;
            /** @description The take that is live. */
            take: string;
            title: string;
            /** @description Whether the candidate has opened the tutorial. What they did in it is theirs. */
            tutorial_opened: boolean;
            /** @description The variation of the scenario that it is; none as the scenario is written. For the panel. */
            variation: string | null;
        };
        RoomStory: {
            facts: components["schemas"]["Fact"][];
            lines: components["schemas"]["StoryLine"][];
        };
        /** @description A room and its interview, with its takes. */
        RoomTakes: {
            /** @description None for a drill. */
            interview_id: string | null;
            takes: components["schemas"]["TakeRow"][];
            title: string;
        };
        /** @description All lines at the end of one sample. */
        Row: {
            v: components["schemas"]["u64"];
            values: (number | null)[];
        };
        Rubric: {
            /** @description One row each, read across before a level is given. */
            behaviours: components["schemas"]["Behaviour"][];
            excellent: string;
            good: string;
            /** @description The level as a whole, in a sentence. */
            weak: string;
        };
        Samples: {
            /** Format: int32 */
            from: number;
            rows: components["schemas"]["Row"][];
        };
        Scenario: {
            id: string;
            situation: string;
        };
        /**
         * @description One scenario as an interview. It takes the place of what its areas ask by themselves; their rubrics, facts and
         *     sound answers stay.
         */
        ScenarioPlan: {
            areas: string[];
            brief: components["schemas"]["Brief"];
            guide: components["schemas"]["Guide"];
            /** @description One line for lists: the situation, not the topic. */
            hook: string;
            /**
             * Format: int32
             * @description Of the whole interview, the candidate's own questions included.
             */
            minutes: number;
            /** @description In order; the last two look back and take the candidate's questions. */
            phases: components["schemas"]["PlanPhase"][];
            red_flags: components["schemas"]["PlanRedFlag"][];
            /** @description Asked while looking back, before the kit's own. */
            regret_probe: components["schemas"]["RegretProbe"];
            reveal: components["schemas"]["Reveal"];
            /** @description The scenario's id, and the plan's. */
            scenario: string;
            /**
             * @description At most nine over all areas: one key each. Their ids are free in their area, so that a record that holds
             *     this interview and another about the same area can be read.
             */
            signals: components["schemas"]["PlanSignal"][];
            title: string;
        };
        /** @description The scenario that an interview is held over. */
        ScenarioRef: {
            id: string;
            title: string;
        };
        /** @description What a scenario may be held as besides what is written. */
        ScenarioVariation: {
            name: string;
            /** @description What is different, for the panel. */
            says: string;
        };
        /** @description Whose scorecard is due, and whether it is in; nothing of what it says. */
        ScorecardDue: {
            areas: string[];
            due_at: components["schemas"]["At"] | null;
            excused: components["schemas"]["Reasoned"] | null;
            person: components["schemas"]["PersonRef"];
            submitted_at: components["schemas"]["At"] | null;
            you: boolean;
        };
        Seniority: {
            bar: components["schemas"]["BarLine"][];
            id: string;
            rules: string[];
            title: string;
        };
        /** @description A command as its sender sends it. */
        Sent: {
            body: components["schemas"]["RoomCommand"];
            /** @description UUIDv7, made by the client: sending twice is harmless. */
            id: string;
            /**
             * Format: int64
             * @description What was on the sender's screen.
             */
            seen_v?: number;
            /** @description A reason, an answer, what is written to a customer. */
            words?: string | null;
        };
        SentCommands: {
            commands: components["schemas"]["Sent"][];
        };
        SentEntries: {
            entries: components["schemas"]["SentEntry"][];
        };
        SentEntry: {
            /** Format: int64 */
            at_ms: number;
            body: components["schemas"]["Body"];
            /** @description UUIDv7, made by the client. */
            id: string;
            moment?: components["schemas"]["Moment"] | null;
            /**
             * Format: int64
             * @description How long it waited for the network, in milliseconds. The clock's start and its going on count from then.
             */
            waited_ms?: number | null;
        };
        /** @description One interview of a loop. */
        Session: {
            /** @description What the person who asks must have done themselves. */
            asked_by: string;
            id: string;
            items: components["schemas"]["SessionItem"][];
            reason: string;
            title: string;
        };
        /** @description One area within a session: what is asked, for how long, and why here. */
        SessionItem: {
            area: string;
            depth: components["schemas"]["Depth"];
            exercises: string[];
            follow_ups: string[];
            /** Format: int32 */
            minutes: number;
            prompts: string[];
            reason: string;
        };
        ShownMaterial: {
            format: components["schemas"]["MaterialFormat"];
            id: string;
            text: string;
            title: string;
        };
        /** @description Everybody who gave one level, with what they saw. */
        Side: {
            evidence: components["schemas"]["CitedEvidence"][];
            level: components["schemas"]["Level"];
            who: string[];
        };
        Signal: {
            /** @description What counts as the same thing by another name; empty when nothing needs saying. */
            counts: string;
            id: string;
            /** @description A few words, for narrow screens and lists. */
            short: string;
            text: string;
        };
        /**
         * @description What brings a scenario's clock back to the speed of the wall.
         * @enum {string}
         */
        SlowsOn: "alert" | "ticket" | "move";
        SoundAnswer: {
            steps: components["schemas"]["SoundStep"][];
            text: string;
        };
        SoundStep: {
            /** @description Drawn dashed: the step that polished answers leave out. */
            often_missing: boolean;
            text: string;
            title: string;
        };
        Span: {
            /**
             * Format: int32
             * @description By how many milliseconds its clock is ahead of the trace's first; it is drawn where it belongs.
             */
            ahead_ms: number;
            /** Format: int32 */
            depth: number;
            /** @description `handler`, `call`, `provider`, `transaction`, `message`. */
            kind: string;
            name: string;
            service: string;
            /**
             * Format: int64
             * @description After the trace began.
             */
            start_us: number;
            state: components["schemas"]["SpanState"];
            /** Format: int64 */
            took_us: number | null;
            word: string;
        };
        /** @enum {string} */
        SpanState: "ok" | "failed" | "no_answer" | "running";
        /** @description A disagreement: how many levels apart, and who stands apart. */
        Spread: {
            /** @description Those who differ from the rest; everybody assessed when no side is the smaller one. */
            apart: string[];
            /** Format: int32 */
            levels: number;
            say: string;
        };
        /** @description How the same decisions and faults come out with other seeds. */
        SpreadAnswer: {
            /** Format: int32 */
            done: number;
            /** Format: int32 */
            of: number;
            rows: components["schemas"]["SpreadRow"][];
            /**
             * Format: int64
             * @description The moment that is compared.
             */
            until: number;
        };
        SpreadRow: {
            /** Format: double */
            high: number;
            /**
             * Format: double
             * @description Percentiles 5, 25, 50, 75 and 95 of the others.
             */
            low: number;
            /** Format: double */
            median: number;
            /** Format: int64 */
            mine: number;
            /** Format: double */
            p25: number;
            /** Format: double */
            p75: number;
            promise: string;
            /** Format: double */
            share_below: number;
        };
        /** @enum {string} */
        Stands: "as_found" | "answered" | "options_shown" | "chosen" | "something_else";
        Start: {
            /** @description Nothing has been held or written that you may see. */
            empty: boolean;
            last_area: string | null;
            /** @description When you last asked about each area. */
            last_asked: {
                [key: string]: components["schemas"]["At"];
            };
            openings: components["schemas"]["StartOpening"][];
            /** @description The newest few. */
            recent: components["schemas"]["InterviewListRow"][];
            records: number;
            /** @description Scenarios with a plan whose system runs, by id: an interview over one has a room. The others can be talked through. */
            running: string[];
            waiting: components["schemas"]["Waiting"][];
        };
        StartOpening: {
            bar_written_at: components["schemas"]["At"] | null;
            closed_at: components["schemas"]["At"] | null;
            id: string;
            loops: components["schemas"]["LoopRow"][];
            pack_title: string;
            seniority_title: string;
            team: string;
            title: string;
        };
        Stem: {
            area: string;
            bar: components["schemas"]["Level"] | null;
            high: components["schemas"]["Level"] | null;
            low: components["schemas"]["Level"] | null;
            short: string;
            state: components["schemas"]["StemState"];
        };
        /** @enum {string} */
        StemState: "agreed" | "differs" | "gap";
        Step: {
            /** @description Where it happens: `client`, `service`, `store`, `topic`, `provider`, `support`, `operator`, `oracle`. */
            is: string;
            part: string;
            /** @description Whether it can be found in the team's own telemetry. */
            seen: boolean;
            text: string;
            v: components["schemas"]["u64"];
            /** @description `lost`, `effect`, `harm`. */
            weighs: string | null;
        };
        StoryLine: {
            kind: components["schemas"]["MarkKind"];
            text: string;
            v: components["schemas"]["u64"];
            who: string;
            /** @description What was said or written with it. */
            words: string;
        };
        Strip: {
            /**
             * Format: double
             * @description Where an alert looks.
             */
            alert_at: number | null;
            /**
             * Format: int32
             * @description Shown only while this box of the picture is in focus; none: by default.
             */
            box: number | null;
            id: string;
            lines: components["schemas"]["StripLine"][];
            log: boolean;
            /** @description Why it has no values, when they were not paid for. */
            not_bought: string | null;
            says: string;
            title: string;
            unit: components["schemas"]["Unit"];
        };
        StripLine: {
            /**
             * Format: int32
             * @description Its place in `Row::values`.
             */
            at: number;
            label: string;
            strong: boolean;
        };
        TakeBranch: {
            /** Format: int64 */
            n: number;
            /** Format: int64 */
            v: number;
        };
        TakeOf: {
            /** Format: int64 */
            n: number;
            /** Format: int64 */
            v: number;
        };
        TakeRef: {
            id: string;
            /** Format: int64 */
            n: number;
            of: components["schemas"]["TakeBranch"] | null;
        };
        /** @description A take, as lists name it. */
        TakeRow: {
            begun_by: string;
            created_at: components["schemas"]["At"];
            /** Format: int64 */
            head: number;
            /**
             * Format: int64
             * @description How far it has come, as written down.
             */
            horizon: number;
            id: string;
            /** Format: int64 */
            n: number;
            of: components["schemas"]["TakeOf"] | null;
        };
        Trace: {
            began: components["schemas"]["u64"];
            fields: components["schemas"]["NamedField"][];
            good: boolean;
            handler: string;
            id: string;
            outcome: string;
            service: string;
            spans: components["schemas"]["Span"][];
            /** @description The same by its instance's own clock, as it is written in it. */
            stamp: components["schemas"]["u64"];
            /**
             * Format: int64
             * @description None while it is under way.
             */
            took_us: number | null;
        };
        Traces: {
            /** @description Whether what several services saw of one request joins. */
            joined: boolean;
            list: components["schemas"]["Trace"][];
            since: components["schemas"]["u64"] | null;
            /**
             * Format: int32
             * @description How many fit.
             */
            total: number;
            /** @description Why it does not. */
            why_not: string | null;
        };
        /** @description The three questions behind every trade-off. */
        TradeOff: {
            give_up: string;
            intro: string;
            optimise: string;
            why: string;
        };
        Trap: {
            text: string;
            title: string;
        };
        Truth: {
            /**
             * Format: int64
             * @description Minor units.
             */
            cost: number;
            rows: components["schemas"]["TruthRow"][];
        };
        TruthRow: {
            /** Format: int64 */
            cost: number;
            /**
             * Format: int64
             * @description How often it was broken, whatever came of it.
             */
            count: number;
            hurts: string;
            /** Format: int64 */
            mended: number;
            promise: string;
            says: string;
            /** Format: int64 */
            undecided: number;
            /**
             * Format: int64
             * @description Of those broken: how many the team was told of.
             */
            visible: number;
            who: components["schemas"]["Hurt"][];
        };
        /** @enum {string} */
        Unit: "per_second" | "percent" | "ms" | "count" | "seconds";
        Unsettled: {
            area: string;
            why: string;
        };
        /** @description One part of the twenty minutes that *more evidence* plans. */
        UnsettledPart: {
            area: string;
            ask: string;
            asked_by: string;
            /** Format: int32 */
            minutes: number;
        };
        /**
         * @description What a candidate tells a customer.
         * @enum {string}
         */
        Verdict: "it_is_so" | "it_is_not" | "cannot_tell";
        Visit: {
            item: components["schemas"]["AgendaItemId"];
            /** @description Why it is not looked at; none when it was. */
            waive?: string | null;
        };
        /** @description Two spoken answers to one question, and the follow-up that tells them apart. */
        Voices: {
            lived: string;
            /** @description Id of a prompt or follow-up of this area. */
            question: string;
            shallow: string;
            /** @description Id of a follow-up of this area. */
            split_by: string;
        };
        VoidSeen: {
            from: components["schemas"]["u64"];
            /** @description In the words of whoever marked it. */
            reason: string;
            to: components["schemas"]["u64"];
        };
        /** @description Something that only you can move on. */
        Waiting: {
            detail: string;
            due_at: components["schemas"]["At"] | null;
            interview_id: string | null;
            kind: components["schemas"]["WaitingKind"];
            loop_id: string | null;
            opening_id: string | null;
            title: string;
        };
        /** @enum {string} */
        WaitingKind: "scorecard" | "debrief" | "interview" | "bar";
        WhatIf: {
            choose: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description An arrival whose two histories are wanted.
             */
            serial?: number | null;
            /**
             * Format: int64
             * @description From when on it is decided otherwise.
             */
            v: number;
        };
        /** @description Who you are, and what kind of server this is. */
        WhoAmI: {
            /** @description Sample data is loaded. */
            demo: boolean;
            kit: components["schemas"]["KitRef"];
            person: components["schemas"]["Person"] | null;
            public_url: string | null;
            /** @description False: links work on this machine only. */
            reachable: boolean;
            /** @description Nobody has an account yet. */
            setup_needed: boolean;
            /** @description Making the first account needs the token that the server printed. */
            setup_token_needed: boolean;
            version: string;
        };
        Window: {
            from: components["schemas"]["u64"];
            to: components["schemas"]["u64"];
        };
        WouldMove: {
            level: components["schemas"]["Level"];
            text: string;
            who: string;
        };
        WritePad: {
            /**
             * Format: int64
             * @description The revision that the text was made from.
             */
            base_rev: number;
            text: string;
        };
        WrittenAmendment: {
            area: string;
            reason: string;
            score: components["schemas"]["AreaScore"];
        };
        WrittenArea: {
            /**
             * Format: int64
             * @description The revision that this change was made on.
             */
            base_rev: number;
            score: components["schemas"]["AreaScore"];
        };
        WrittenBar: {
            lines: components["schemas"]["BarLine"][];
            /** @description Needed once the bar was written. */
            reason?: string | null;
            rules: string[];
        };
        WrittenPlan: {
            sessions: components["schemas"]["Session"][];
        };
        /**
         * @description Who opens the stream.
         * @enum {string}
         */
        You: "candidate" | "interviewer" | "shadow";
        /** @enum {string} */
        YourPart: "interviewer" | "shadow" | "reader";
        /** Format: int64 */
        u64: number;
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
