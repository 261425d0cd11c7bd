import { describe, expect, it } from 'vitest'
import { keepsOut } from '../../src/path/http/directives.ts'

/* Directives of proxies, in annotations and ConfigMaps, that keep some requests from the backends. */

describe('directives that may keep a client from the backends', () => {
  it.each([
    ['some addresses', 'deny 192.0.2.0/24;'],
    ['all but some addresses', 'allow 10.0.0.0/8; deny all;'],
    ['some addresses, behind a header', 'add_header X-Frame-Options deny; deny 192.0.2.0/24;'],
    ['HAProxy, behind a header', 'http-response set-header A b\nhttp-request deny'],
    ['a status', 'if ($geoip_country != DE) { return 403; }'],
    ['a status for all', 'return 503;'],
    ['an answer for all', 'return 200 "ok";'],
    ['a redirect', 'if ($http_x_forwarded_proto = "http") { return 301 https://$host$request_uri; }'],
    ['a redirect without a status', 'if ($scheme = http) {\n  return https://$host;\n}'],
    ['a redirect to a variable', 'if ($target) { return $target; }'],
    ['a rewrite that redirects', 'rewrite ^/old /new permanent;'],
    ['a rewrite to another URL', 'rewrite ^/old(.*) https://new.example.com$1;'],
    ['a rewrite to another URL of the same scheme', 'rewrite ^ "$scheme://new.example.com$request_uri";'],
    ['files', 'try_files $uri =404;'],
    ['another server', 'location /api { proxy_pass http://other; }'],
    ['another server of another protocol', 'if ($http_x) { grpc_pass other:50051; }'],
    ['a program', 'access_by_lua_block { ngx.exit(403) }'],
    ['a rule of ModSecurity', 'SecRule REMOTE_ADDR "@ipMatch 192.0.2.0/24" "id:1,deny"'],
    ['HAProxy', 'http-request deny if !{ src 10.0.0.0/8 }'],
    ['HAProxy, before the request', 'tcp-request content reject'],
    ['HAProxy, a redirect', 'http-request redirect scheme https'],
    ['HAProxy, no answer', 'http-request silent-drop if { src 192.0.2.0/24 }'],
    ['HAProxy, an answer', 'http-request return status 200'],
    ['HAProxy, other servers', 'use_backend other if { path /x }'],
    ['HAProxy, other servers by default', 'default_backend other'],
    ['HAProxy, a program', 'http-request use-service lua.own'],
  ])('%s', (_, directives) => expect(keepsOut(directives)).toBe(true))

  it.each([
    ['nothing', ''],
    ['headers', 'more_set_headers "X-Frame-Options: DENY";'],
    [
      'headers with a value that is a directive elsewhere',
      'add_header X-Frame-Options deny;\nadd_header Vary allow;',
    ],
    ['HAProxy, such a header', 'http-response set-header X-Frame-Options deny'],
    ['other headers', 'add_header Access-Control-Allow-Origin *;'],
    ['comments', '# deny all;\n  # return 403;'],
    ['an answer to what is no GET', 'if ($request_method = OPTIONS) {\n  return 204;\n}'],
    ['an answer at another path', 'location /healthz { return 200; }'],
    ['what a proxy passes on', 'proxy_pass_header X-Id;\nproxy_redirect off;\nproxy_pass_request_body on;'],
    ['a rewrite within', 'rewrite ^/old(.*) $1 break;'],
    ['a rewrite of what has a URL in it', 'rewrite ^/go/(https://.*)$ /proxy/$1 break;'],
    ['HAProxy, headers', 'http-request set-header X-Id 1'],
  ])('but not %s', (_, directives) => expect(keepsOut(directives)).toBe(false))
})
